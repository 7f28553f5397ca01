// What a project has put aside, its archive or its trash: newest first, each with the way back. A
// chunk of its own.

import { Archive, ArchiveRestore, Trash2 } from 'lucide-react'
import { t } from '../../../i18n'
import { formatDate, formatFull, formatWhen } from '../../../i18n/format'
import { useMember } from '../../../model/member'
import { stateOf } from '../../../model/project'
import { type Aside, type AsideTask, useAside } from '../../../model/put_aside'
import type { Project } from '../../../protocol'
import { Button } from '../../../ui/Button'
import { Empty } from '../../../ui/Empty'
import { restore } from '../aside'
import { StateIcon } from '../icon'
import { TaskLink } from '../TaskLink'

export function AsidePage({ project, aside }: { project: Project; aside: Aside }) {
  const { rows, status, more } = useAside(project.id, aside)
  if (status === 'error' && rows.length === 0)
    return <Empty title={t('work.tasks_error')} hint={t('work.tasks_error_hint')} />
  if (status === 'loading') return <div aria-busy="true" />
  const Icon = aside === 'archive' ? Archive : Trash2
  if (rows.length === 0)
    return (
      <Empty
        icon={<Icon size={20} aria-hidden />}
        title={t(`work.${aside}_empty`)}
        hint={t(`work.${aside}_hint`)}
      />
    )
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-4xl px-6 py-6 max-md:px-3">
        <p className="mb-3 text-soft text-sm">{t(`work.${aside}_hint`)}</p>
        <ul aria-label={t(`work.${aside}`)}>
          {rows.map((row) => (
            <Row key={row.task.id} row={row} project={project} />
          ))}
        </ul>
        {status === 'error' && (
          <p role="status" className="mt-3 text-soft text-sm">
            {t('work.tasks_error')}
          </p>
        )}
        {more && (
          <Button className="mt-3" onClick={more}>
            {t('work.show_more')}
          </Button>
        )}
      </div>
    </div>
  )
}

function Row({ row, project }: { row: AsideTask; project: Project }) {
  const { task } = row
  const state = stateOf(project, task.state)
  const words = (
    <>
      <StateIcon category={state?.category ?? 'todo'} />
      <span className="w-18 shrink-0 truncate text-faint text-xs">{task.key}</span>
      <span className="min-w-0 flex-1 truncate text-sm">{task.title}</span>
    </>
  )
  const look = 'flex min-w-0 flex-1 items-center gap-2 py-2 text-left max-md:py-1'
  return (
    <li
      className="-mx-2 flex items-center gap-x-3 rounded-md px-2 hover:bg-hover max-md:grid
        max-md:grid-cols-[minmax(0,1fr)_auto] max-md:py-1"
    >
      {row.deleted_at ? (
        <span className={look}>{words}</span>
      ) : (
        <TaskLink task={task} className={look}>
          {words}
        </TaskLink>
      )}
      <span className="shrink-0 text-faint text-xs max-md:row-start-2 max-md:pl-6">
        <When row={row} />
      </span>
      <Button
        size="sm"
        className="max-md:col-start-2 max-md:row-span-2 max-md:row-start-1"
        icon={<ArchiveRestore size={14} aria-hidden />}
        aria-label={t('work.restore_task', { key: task.key })}
        disabled={project.archived}
        onClick={() => restore(task)}
      >
        {t('work.restore')}
      </Button>
    </li>
  )
}

/** Of the archive when it last changed, which need not be when it came there: it can be followed
 *  and linked meanwhile. Of the trash who put it there, and until when it stays. */
function When({ row: { task, deleted_by, deleted_at, erased_at } }: { row: AsideTask }) {
  const by = useMember(deleted_by)
  if (!deleted_at)
    return (
      <time dateTime={task.updated_at} title={formatFull(task.updated_at)}>
        {t('work.changed_when', { when: formatWhen(task.updated_at) })}
      </time>
    )
  const name = by?.name ?? t('common.unknown_member')
  return (
    <>
      <time dateTime={deleted_at} title={formatFull(deleted_at)}>
        {t('work.deleted_by', { name, when: formatWhen(deleted_at) })}
      </time>
      {erased_at && (
        <>
          {' · '}
          <time dateTime={erased_at} title={formatFull(erased_at)}>
            {t('work.erased_on', { day: formatDate(erased_at) })}
          </time>
        </>
      )}
    </>
  )
}
