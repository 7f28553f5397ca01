// What a task is made of, in sections that are there once they are used, and the quiet line from
// which each begins.

import { Link2, ListChecks, ListTree } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { t } from '../../../i18n'
import { LINK_KINDS } from '../../../model/link'
import type { LocalTask } from '../../../model/task'
import type { LinkKind, Project } from '../../../protocol'
import { cx } from '../../../ui/class'
import { Menu, MenuItem } from '../../../ui/Menu'
import { LinkList, linkName } from '../link'
import { Checklist } from './Checklist'
import { Links } from './Links'
import { Subtasks } from './Subtasks'

type Part = 'subtask' | 'item'

interface Props {
  task: LocalTask
  project: Project
  /** Of the whole project. */
  tasks: readonly LocalTask[]
  /** Nothing of it can be changed. */
  locked: boolean
}

export function Parts({ task, project, tasks, locked }: Props) {
  const [adding, setAdding] = useState<Part | null>(null)
  const hasSubtasks = tasks.some((one) => one.parent === task.id)
  const part = (name: Part) => ({
    adding: adding === name,
    onAdding: (adds: boolean) => setAdding(adds ? name : null),
    locked,
  })
  return (
    <>
      <Checklist task={task} {...part('item')} />
      <Subtasks task={task} project={project} tasks={tasks} {...part('subtask')} />
      <Links task={task} locked={locked} />
      <div className={cx('-mx-2 my-2 flex flex-wrap gap-1', locked && 'hidden')}>
        {!hasSubtasks && adding !== 'subtask' && (
          <Begin icon={<ListTree size={14} aria-hidden />} onClick={() => setAdding('subtask')}>
            {t('work.subtask_add')}
          </Begin>
        )}
        {!task.checklist?.length && adding !== 'item' && (
          <Begin icon={<ListChecks size={14} aria-hidden />} onClick={() => setAdding('item')}>
            {t('work.checklist_add')}
          </Begin>
        )}
        <AddLink task={task} />
      </div>
    </>
  )
}

/** First what it is to the other, then which other. */
function AddLink({ task }: { task: LocalTask }) {
  const place = useRef<HTMLSpanElement>(null)
  const [kind, setKind] = useState<LinkKind | null>(null)
  return (
    <span ref={place}>
      <Menu
        trigger={
          <button type="button" className={BEGIN}>
            <Link2 size={14} aria-hidden />
            {t('work.link_add')}
          </button>
        }
      >
        {LINK_KINDS.map((one) => (
          <MenuItem key={one} onClick={() => setKind(one)}>
            {linkName(one)}…
          </MenuItem>
        ))}
      </Menu>
      {kind && <LinkList task={task} kind={kind} anchor={place} onClose={() => setKind(null)} />}
    </span>
  )
}

const BEGIN =
  'flex h-8 items-center gap-2 rounded-md px-2 text-faint text-sm hover:bg-hover hover:text-ink'

interface BeginProps {
  icon: ReactNode
  children: ReactNode
  onClick: () => void
}

function Begin({ icon, children, onClick }: BeginProps) {
  return (
    <button type="button" className={BEGIN} onClick={onClick}>
      {icon}
      {children}
    </button>
  )
}
