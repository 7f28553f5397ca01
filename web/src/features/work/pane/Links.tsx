// What the task is to others: each with its state, and the days between the two.

import { MoreHorizontal } from 'lucide-react'
import { t } from '../../../i18n'
import { LINK_KINDS, linkTasks, unlinkTasks } from '../../../model/link'
import { stateOf, useProject } from '../../../model/project'
import { type LocalTask, useTask } from '../../../model/task'
import type { Link } from '../../../protocol'
import { IconButton } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { Menu, MenuCheck, MenuItem, MenuSub } from '../../../ui/Menu'
import { errorToast } from '../errorToast'
import { StateIcon } from '../icon'
import { linkName } from '../link'
import { TaskLink } from '../TaskLink'

export function Links({ task, locked }: { task: LocalTask; locked: boolean }) {
  const links = task.links ?? []
  if (links.length === 0) return null
  return (
    <section aria-label={t('work.links')} className="my-2">
      <h3 className="flex h-8 items-center font-medium text-sm">{t('work.links')}</h3>
      <ul>
        {LINK_KINDS.flatMap((kind) =>
          links
            .filter((link) => link.kind === kind)
            .map((link) => (
              <Line key={`${kind} ${link.task}`} task={task} link={link} locked={locked} />
            )),
        )}
      </ul>
    </section>
  )
}

interface LineProps {
  task: LocalTask
  link: Link
  locked: boolean
}

function Line({ task, link, locked }: LineProps) {
  const other = useTask(link.task)
  const project = useProject(other?.project)
  const isHidden = other === null || other?.deleted
  const state = other ? stateOf(project, other.state) : undefined
  const isClosed = !!other?.closed_at
  return (
    <li className="group -mx-2 flex min-h-8 items-center gap-2 rounded-md px-2 hover:bg-hover">
      <span
        className={cx(
          'w-22 shrink-0 truncate text-faint text-xs',
          link.kind === 'blocked_by' && other && !isClosed && !isHidden && 'text-urgent',
        )}
      >
        {linkName(link.kind)}
      </span>
      {isHidden || !other ? (
        <span className="min-w-0 flex-1 truncate text-faint text-sm">
          {isHidden ? t('work.link_hidden') : '…'}
        </span>
      ) : (
        <>
          <StateIcon category={state?.category ?? 'todo'} />
          <TaskLink
            task={other}
            closed={isClosed}
            className="flex flex-1 items-center gap-2 text-sm hover:underline"
          />
        </>
      )}
      {!!link.lag_days && (
        <span className="shrink-0 text-faint text-xs" title={t('work.lag')}>
          {t('work.lag_days', { count: link.lag_days })}
        </span>
      )}
      {!locked && <Actions task={task} link={link} name={other?.key ?? t('work.another_task')} />}
    </li>
  )
}

/** Days that may lie between two tasks, to choose from. */
const LAGS = [0, 1, 2, 3, 5, 7, 14, 30]

interface ActionsProps {
  task: LocalTask
  link: Link
  name: string
}

function Actions({ task, link, name }: ActionsProps) {
  const lag = link.lag_days ?? 0
  const setLag = (lag_days: number) => {
    linkTasks(task.id, link.kind, link.task, { lag_days }).settled.catch(errorToast)
  }
  return (
    <Menu
      trigger={
        <IconButton
          size="sm"
          label={t('work.link_menu', { task: name })}
          className="shrink-0 opacity-0 focus-visible:opacity-100 group-hover:opacity-100
            aria-expanded:opacity-100 max-md:opacity-100"
        >
          <MoreHorizontal size={14} aria-hidden />
        </IconButton>
      }
    >
      {(link.kind === 'blocks' || link.kind === 'blocked_by') && (
        <MenuSub label={t('work.lag')}>
          {(LAGS.includes(lag) ? LAGS : [...LAGS, lag]).map((days) => (
            <MenuCheck key={days} closes checked={days === lag} onChange={() => setLag(days)}>
              {t('work.lag_days', { count: days })}
            </MenuCheck>
          ))}
        </MenuSub>
      )}
      <MenuItem danger onClick={() => unlinkTasks(task.id, link)}>
        {t('work.link_remove')}
      </MenuItem>
    </Menu>
  )
}
