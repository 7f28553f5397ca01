// Columns that are put away: cancelled ones until asked for, others by choice. Remembered on this
// device for each project.

import { useCallback, useEffect, useRef, useState } from 'react'
import { t } from '../../../i18n'
import type { Project } from '../../../protocol'
import { StateIcon } from '../icon'
import type { Column } from '../logic/filter'
import { readStored, store } from '../shown'

export function useHidden(project: Project) {
  const key = `tenon.board.hidden.${project.id}`
  const usual = () =>
    project.workflow.states
      .filter((state) => state.category === 'cancelled')
      .map((state) => state.id)
  const [hidden, setHidden] = useState<readonly string[]>(() => readStored(key) ?? usual())
  const change = (next: readonly string[]) => {
    store(key, next)
    setHidden(next)
  }
  const latest = useRef(hidden)
  useEffect(() => {
    latest.current = hidden
  })
  // Columns are not drawn anew for it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: reads what is latest
  const hide = useCallback(
    (state: string) => change([...latest.current.filter((one) => one !== state), state]),
    [key],
  )
  return { hidden, hide, show: (state: string) => change(hidden.filter((one) => one !== state)) }
}

interface Props {
  columns: Column[]
  onShow: (state: string) => void
}

/** The put-away columns with their totals; a click brings one back. */
export function HiddenColumns({ columns, onShow }: Props) {
  if (columns.length === 0) return null
  return (
    <section aria-label={t('work.hidden_columns')} className="w-56 shrink-0 snap-end">
      <h2 className="flex h-10 items-center text-sm font-medium text-faint">
        {t('work.hidden_columns')}
      </h2>
      {columns.map(({ state, tasks }) => (
        <button
          key={state.id}
          type="button"
          className="flex h-9 w-full items-center gap-2 rounded-md border border-line px-3 text-sm
            not-first-of-type:mt-1 hover:bg-hover"
          title={t('work.column_show')}
          onClick={() => onShow(state.id)}
        >
          <StateIcon category={state.category} />
          <span className="min-w-0 flex-1 truncate text-left">{state.name}</span>
          <span className="text-xs text-faint">{tasks.length}</span>
        </button>
      ))}
    </section>
  )
}
