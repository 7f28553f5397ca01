// The archived tasks that a query asks for, beside the columns of the board: there to be found and
// opened, not to be moved or changed.

import { Archive } from 'lucide-react'
import { Virtualizer } from 'virtua'
import { t } from '../../../i18n'
import { stateOf } from '../../../model/project'
import type { LocalTask } from '../../../model/task'
import type { Project } from '../../../protocol'
import { StateIcon } from '../icon'
import { TaskLink } from '../TaskLink'

interface Props {
  project: Project
  tasks: readonly LocalTask[]
}

const CARD_HEIGHT = 92

export function ArchivedColumn({ project, tasks }: Props) {
  if (tasks.length === 0) return null
  const name = t('work.archive')
  return (
    <section
      aria-label={t('work.column_label', { state: name, count: tasks.length })}
      className="flex h-full w-72 shrink-0 snap-start flex-col rounded-lg border border-line
        border-dashed [contain:strict] max-md:w-[84vw]"
    >
      <header className="flex h-10 shrink-0 items-center gap-2 px-3">
        <Archive size={14} aria-hidden className="shrink-0 text-faint" />
        <h2 className="min-w-0 truncate font-medium text-sm">{name}</h2>
        <span className="text-faint text-xs">{tasks.length}</span>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-y-contain pb-2">
        <Virtualizer data={tasks as LocalTask[]} itemSize={CARD_HEIGHT}>
          {(task) => <Card key={task.id} task={task} project={project} />}
        </Virtualizer>
      </div>
    </section>
  )
}

function Card({ task, project }: { task: LocalTask; project: Project }) {
  const state = stateOf(project, task.state)
  return (
    <div className="px-2 py-[3px]">
      <TaskLink
        task={task}
        className="flex flex-col gap-1.5 rounded-md border border-line p-3 hover:border-line-strong"
      >
        <span className="text-faint text-xs">{task.key}</span>
        <span className="line-clamp-3 text-sm text-soft break-words">{task.title}</span>
        <span className="flex items-center gap-1.5 text-faint text-xs">
          <StateIcon category={state?.category ?? 'todo'} />
          <span className="truncate">{state?.name}</span>
          <span className="flex-1" />
          {t('work.archived')}
        </span>
      </TaskLink>
    </div>
  )
}
