// The states of a project's workflow: rename, add, order, remove. Nothing is sent until saved; what
// the server refuses (a state that still has tasks) is said at the state.

import { GripVertical, Plus, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { errorText, t } from '../../../i18n'
import { discard, Refused } from '../../../model/pending'
import { changeWorkflow } from '../../../model/project'
import { useTasks } from '../../../model/task'
import type { Category, Project, State } from '../../../protocol'
import { Button, IconButton } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { Input } from '../../../ui/Field'
import { Select } from '../../../ui/Select'
import { StateIcon } from '../icon'
import {
  CATEGORIES,
  newStateId,
  placeState,
  STATES_MAX,
  shiftState,
  workflowFault,
} from '../logic/workflow'
import { type Edge, useOrder } from '../useOrder'

/** Limit: characters of a state's name. */
const NAME_CHARS_MAX = 80

export function WorkflowEditor({ project, locked }: { project: Project; locked: boolean }) {
  const saved = project.workflow.states
  const [draft, setDraft] = useState<readonly State[] | null>(null)
  const [error, setError] = useState<string | null>(null)
  const { tasks } = useTasks(project.id)
  const uses = useMemo(() => {
    const counts = new Map<string, number>()
    for (const task of tasks) counts.set(task.state, (counts.get(task.state) ?? 0) + 1)
    return counts
  }, [tasks])
  const states = draft ?? saved
  const fault = workflowFault(states)
  const change = (next: readonly State[]) => {
    setError(null)
    setDraft(next)
  }
  const save = () => {
    const named = states.map((state) => ({ ...state, name: state.name.trim() }))
    const sent = changeWorkflow(project.id, named)
    sent.settled.then(
      () => setDraft(null),
      (failure: unknown) => {
        if (!(failure instanceof Refused)) return
        discard(sent.requestId)
        setError(
          failure.failure.code === 'conflict'
            ? t('work.workflow_in_use')
            : errorText(failure.failure.code),
        )
      },
    )
  }
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
            onShift={(by) => change(shiftState(states, state.id, by))}
            onPlace={(id, edge) => change(placeBeside(states, id, state.id, edge))}
            onRemove={() => change(states.filter((one) => one.id !== state.id))}
          />
        ))}
      </ul>
      {!locked && (
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <Button
            icon={<Plus size={14} aria-hidden />}
            disabled={states.length >= STATES_MAX}
            onClick={add}
          >
            {t('work.state_add')}
          </Button>
          <span className="flex-1" />
          {draft && (
            <>
              <Button variant="ghost" onClick={() => setDraft(null)}>
                {t('common.cancel')}
              </Button>
              <Button variant="primary" disabled={fault !== null} onClick={save}>
                {t('common.save')}
              </Button>
            </>
          )}
        </div>
      )}
      {(error || (draft && fault)) && (
        <p role="alert" className="mt-2 text-sm text-urgent">
          {error ?? (fault && t(`work.workflow_${fault}`))}
        </p>
      )}
    </section>
  )
}

function placeBeside(states: readonly State[], id: string, beside: string, edge: Edge) {
  const others = states.filter((state) => state.id !== id)
  const at = others.findIndex((state) => state.id === beside)
  return at < 0 ? states : placeState(states, id, at + (edge === 'bottom' ? 1 : 0))
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
  const line = useRef<HTMLLIElement>(null)
  const handle = useRef<HTMLButtonElement>(null)
  const edge = useOrder(line, handle, {
    kind: 'state',
    id: state.id,
    locked,
    onPlace: props.onPlace,
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (by === 0) return
    event.preventDefault()
    props.onShift(by)
    // The row keeps its key, so the handle keeps the focus once it has moved.
    requestAnimationFrame(() => handle.current?.focus())
  }
  return (
    <li
      ref={line}
      className="relative flex min-h-12 items-center gap-2 border-line border-b px-2 py-1.5 last:border-b-0 max-md:flex-wrap"
    >
      {edge && (
        <span
          aria-hidden
          className={cx(
            'absolute right-0 left-0 h-0.5 bg-accent',
            edge === 'top' ? '-top-px' : '-bottom-px',
          )}
        />
      )}
      <button
        ref={handle}
        type="button"
        disabled={locked}
        aria-label={t('work.state_order', { state: state.name })}
        title={t('work.state_order_hint')}
        className="flex size-6 shrink-0 cursor-grab items-center justify-center rounded-sm text-faint hover:bg-hover disabled:cursor-default disabled:opacity-40"
        onKeyDown={onKeyDown}
      >
        <GripVertical size={14} aria-hidden />
      </button>
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
    </li>
  )
}
