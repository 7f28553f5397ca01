// The list of a project: a group for each state, sorted as one likes.

import { Archive, ArrowDownWideNarrow, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { language, t } from '../../../i18n'
import { type LocalTask, useTasks } from '../../../model/task'
import type { Project, Task } from '../../../protocol'
import { IconButton } from '../../../ui/Button'
import { Empty } from '../../../ui/Empty'
import { Menu, MenuCheck } from '../../../ui/Menu'
import { QuickAdd } from '../board/QuickAdd'
import { FilterBar } from '../FilterBar'
import { DisplayMenu } from '../field/DisplayMenu'
import { useFieldPopup } from '../field/FieldPopup'
import { useShownFields } from '../field/shown'
import { StateIcon } from '../icon'
import { columnsOf, labelsOf, SORT_KEYS, type SortKey, sortTasks } from '../logic/filter'
import { readStored, store } from '../shown'
import { TaskMenu } from '../TaskMenu'
import { useTaskFilter } from '../useTaskFilter'
import { type RowGroup, TaskRows } from './TaskRows'

export function TaskList({ project }: { project: Project }) {
  const { tasks } = useTasks(project.id)
  const narrowed = useTaskFilter(project)
  const [sort, setSort] = useSort(project.id)
  const fields = useShownFields(project, 'list')
  const [adding, setAdding] = useState<string | null>(null)
  const [menu, setMenu] = useState<{ task: string; anchor: HTMLElement } | null>(null)
  const labels = useMemo(() => labelsOf(tasks), [tasks])
  const field = useFieldPopup(() => project, labels)
  const columns = useMemo(
    () => columnsOf(project.workflow.states, narrowed.apply(tasks)),
    [project.workflow.states, tasks, narrowed.apply],
  )
  const { order } = narrowed
  const sorted = (inState: LocalTask[]): readonly LocalTask[] => {
    if (order) return [...inState].sort((a, b) => placeIn(order, a) - placeIn(order, b))
    return sort === 'rank' ? inState : sortTasks(inState, sort, language())
  }
  const groups = columns
    .filter((column) => column.tasks.length > 0 || !narrowed.isFiltering)
    .map(
      ({ state, tasks: inState }): RowGroup => ({
        id: state.id,
        title: state.name,
        icon: <StateIcon category={state.category} />,
        tasks: sorted(inState),
        action: (
          <IconButton
            size="sm"
            label={t('work.task_new_in', { state: state.name })}
            onClick={() => setAdding(state.id)}
          >
            <Plus size={14} aria-hidden />
          </IconButton>
        ),
      }),
    )
  if (narrowed.archived.length > 0) groups.push(archivedGroup(sorted([...narrowed.archived])))
  return (
    <div className="flex h-full min-h-0 flex-col">
      <FilterBar
        states={project.workflow.states}
        filter={narrowed.filter}
        answer={narrowed.answer}
        onChange={narrowed.setFilter}
        labels={labels}
      >
        <DisplayMenu choice={fields} className="max-md:hidden" />
        {order ? (
          <span className="flex h-7 items-center gap-1.5 px-2 text-faint text-sm">
            <ArrowDownWideNarrow size={14} aria-hidden />
            {t('work.sort_query')}
          </span>
        ) : (
          <SortMenu sort={sort} onChange={setSort} />
        )}
      </FilterBar>
      {adding && (
        <div className="max-w-xl px-2">
          <QuickAdd project={project.id} state={adding} onClose={() => setAdding(null)} />
        </div>
      )}
      <div className="min-h-0 flex-1 border-line border-t">
        {groups.length === 0 ? (
          <Empty title={t('work.filter_nothing')} hint={t('work.filter_nothing_hint')} />
        ) : (
          <TaskRows
            label={t('work.list')}
            groups={groups}
            projectOf={() => project}
            onField={field.open}
            shown={fields.shown}
            onMenu={(task: Task, anchor) => setMenu({ task: task.id, anchor })}
          />
        )}
      </div>
      {field.popup}
      {menu && <TaskMenu {...menu} onField={field.open} onClose={() => setMenu(null)} />}
    </div>
  )
}

/** What a query finds in the archive. */
export function archivedGroup(tasks: readonly LocalTask[]): RowGroup {
  return {
    id: 'archived',
    title: t('work.archive'),
    icon: <Archive size={14} aria-hidden className="shrink-0 text-faint" />,
    tasks,
  }
}

function SortMenu({ sort, onChange }: { sort: SortKey; onChange: (sort: SortKey) => void }) {
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm text-soft hover:bg-hover"
        >
          <ArrowDownWideNarrow size={14} aria-hidden />
          {t(`work.sort_${sort}`)}
        </button>
      }
    >
      {SORT_KEYS.map((key) => (
        <MenuCheck key={key} closes checked={key === sort} onChange={() => onChange(key)}>
          {t(`work.sort_${key}`)}
        </MenuCheck>
      ))}
    </Menu>
  )
}

/** What came since the answer goes behind. */
function placeIn(order: ReadonlyMap<string, number>, task: Task): number {
  return order.get(task.id) ?? order.size
}

function useSort(project: string): [SortKey, (sort: SortKey) => void] {
  const key = `tenon.list.sort.${project}`
  const [sort, setSort] = useState<SortKey>(() => {
    const stored = readStored<SortKey>(key)
    return stored && SORT_KEYS.includes(stored) ? stored : 'rank'
  })
  const change = (next: SortKey) => {
    store(key, next)
    setSort(next)
  }
  return [sort, change]
}
