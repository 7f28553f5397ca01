// The states of a project's workflow: rename, add, order, remove. Nothing is sent until saved; what
// the server refuses (a state that still has tasks) is said at the state.

import { Trash2 } from 'lucide-react'
import { useMemo } from 'react'
import { t } from '../../../i18n'
import { changeWorkflow } from '../../../model/project'
import { useTasks } from '../../../model/task'
import type { Category, Project, State } from '../../../protocol'
import { IconButton } from '../../../ui/Button'
import { Input } from '../../../ui/Field'
import { Select } from '../../../ui/Select'
import { StateIcon } from '../icon'
import { placeBeside, shift } from '../logic/order'
import { CATEGORIES, newStateId, STATES_MAX, workflowFault } from '../logic/workflow'
import type { Edge } from '../useOrder'
import { DraftFoot } from './DraftFoot'
import { OrderedLine } from './OrderedLine'
import { useDraft } from './useDraft'

/** Limit: characters of a state's name. */
const NAME_CHARS_MAX = 80

export function WorkflowEditor({ project, locked }: { project: Project; locked: boolean }) {
  const send = (states: readonly State[]) =>
    changeWorkflow(
      project.id,
      states.map((state) => ({ ...state, name: state.name.trim() })),
    )
  const draft = useDraft(project.workflow.states, send, t('work.workflow_in_use'))
  const { items: states, change } = draft
  const fault = workflowFault(states)
  const { tasks } = useTasks(project.id)
  const uses = useMemo(() => {
    const counts = new Map<string, number>()
    for (const task of tasks) counts.set(task.state, (counts.get(task.state) ?? 0) + 1)
    return counts
  }, [tasks])
  const add = () => {
    const name = t('work.state_new')
    const id = newStateId(name, states)
    const at = states.findIndex((state) => state.category === 'done')
    const state: State = { id, name, category: 'doing' }
    change(states.toSpliced(at < 0 ? states.length : at, 0, state))
  }
  return (
    <section aria-label={t('work.workflow')}>
      <h2 className="font-semibold text-lg">{t('work.workflow')}</h2>
      <p className="mt-1 text-soft text-sm">{t('work.workflow_hint')}</p>
      <ul className="mt-3 rounded-lg border border-line">
        {states.map((state) => (
          <Line
            key={state.id}
            state={state}
            uses={uses.get(state.id) ?? 0}
            locked={locked}
            last={states.length === 1}
            onChange={(next) => change(states.map((one) => (one.id === state.id ? next : one)))}
            onShift={(by) => change(shift(states, state.id, by))}
            onPlace={(id, edge) => change(placeBeside(states, id, state.id, edge))}
            onRemove={() => change(states.filter((one) => one.id !== state.id))}
          />
        ))}
      </ul>
      <DraftFoot
        draft={draft}
        locked={locked}
        add={t('work.state_add')}
        isFull={states.length >= STATES_MAX}
        onAdd={add}
        fault={fault && t(`work.workflow_${fault}`)}
      />
    </section>
  )
}

interface LineProps {
  state: State
  /** Tasks that stand in it. */
  uses: number
  locked: boolean
  /** The only state there is. */
  last: boolean
  onChange: (state: State) => void
  onShift: (by: number) => void
  onPlace: (state: string, edge: Edge) => void
  onRemove: () => void
}

function Line(props: LineProps) {
  const { state, uses, locked, last, onChange, onRemove } = props
  return (
    <OrderedLine
      kind="state"
      id={state.id}
      label={t('work.state_order', { state: state.name })}
      locked={locked}
      onShift={props.onShift}
      onPlace={props.onPlace}
    >
      <StateIcon category={state.category} />
      <Input
        value={state.name}
        disabled={locked}
        maxLength={NAME_CHARS_MAX}
        aria-label={t('work.state_name')}
        className="min-w-32 flex-1"
        onChange={(event) => onChange({ ...state, name: event.target.value })}
      />
      <Select<Category>
        label={t('work.state_meaning')}
        value={state.category}
        disabled={locked}
        onChange={(category) => onChange({ ...state, category })}
        options={CATEGORIES.map((category) => ({
          value: category,
          label: t(`work.category_${category}`),
        }))}
      />
      <span className="w-20 shrink-0 text-right text-faint text-xs">
        {uses > 0 && t('work.tasks_count', { count: uses })}
      </span>
      <IconButton
        size="sm"
        label={
          uses > 0
            ? t('work.state_remove_used', { count: uses })
            : t('work.state_remove', { state: state.name })
        }
        disabled={locked || last || uses > 0}
        onClick={onRemove}
      >
        <Trash2 size={14} aria-hidden />
      </IconButton>
    </OrderedLine>
  )
}
