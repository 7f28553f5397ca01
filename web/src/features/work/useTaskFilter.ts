// What a board or list shows: words and pickers narrow what is loaded here, a query is answered by
// the server. All of it is in the address as one query, so that it can be shared.

import { useDeferredValue, useEffect, useMemo, useRef } from 'react'
import { setQuery, useAddressQuery } from '../../app/query'
import { useMembers } from '../../model/member'
import { MINE, type Queried, useQuery } from '../../model/query'
import type { Project, Task } from '../../protocol'
import { addressOf, filterOf } from './logic/address'
import { type Filter, filterTasks, isFiltering } from './logic/filter'
import { hasOrder, isQuery } from './logic/query'
import { useFilter } from './shown'

export interface TaskFilter {
  filter: Filter
  setFilter(filter: Filter): void
  answer: Queried
  /** The place of each task that a query with an order found. */
  order: ReadonlyMap<string, number> | undefined
  /** Something is left out. */
  isFiltering: boolean
  /** Archived ones that a query asks for. Kept while nothing changes. */
  archived: readonly Task[]
  /** Those that are shown. Kept while nothing changes. */
  apply<T extends Task>(tasks: readonly T[]): readonly T[]
}

/** Between the last key and the address: browsers let it be written only so often. */
const ADDRESS_PAUSE_MS = 400

/** Of a project, or of what is assigned to the reader. */
export function useTaskFilter(project?: Project): TaskFilter {
  const address = useAddressQuery()
  const people = useMembers()
  const names = { people, states: project?.workflow.states ?? [] }
  const place = project?.id ?? MINE
  const said = () => (address === '' ? undefined : filterOf(address, names))
  const [filter, setFilter] = useFilter(place, said)
  const { text } = filter
  useInAddress(address, addressOf(filter, names), (said) => setFilter(filterOf(said, names)))
  const query = isQuery(text) ? text : undefined
  const answer = useQuery(place, query)
  // What is typed shows at once; the cards follow when there is time.
  const applied = useDeferredValue(filter)
  const { ids } = answer
  const isQueried = query !== undefined
  const local = useMemo(
    () => (isQueried ? { ...applied, text: '' } : applied),
    [applied, isQueried],
  )
  const archived = useMemo(() => filterTasks(answer.archived, local), [answer.archived, local])
  const apply = useMemo(() => {
    return <T extends Task>(tasks: readonly T[]): readonly T[] => {
      const passed = isFiltering(local) ? filterTasks(tasks, local) : tasks
      return isQueried && ids ? passed.filter(({ id }) => ids.has(id)) : passed
    }
  }, [local, isQueried, ids])
  const order = useMemo(() => {
    if (!ids || query === undefined || !hasOrder(query)) return undefined
    return new Map([...ids].map((id, place) => [id, place]))
  }, [ids, query])
  return { filter, setFilter, answer, order, isFiltering: isFiltering(filter), archived, apply }
}

/** Keeps the address as the text is, and takes over what the address says: back, a link. */
function useInAddress(address: string, text: string, take: (words: string) => void) {
  const written = useRef(address)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another address is taken over
  useEffect(() => {
    if (address === written.current) return
    written.current = address
    take(address)
  }, [address])
  useEffect(() => {
    if (text === written.current) return
    const timer = setTimeout(() => {
      written.current = text
      setQuery(text)
    }, ADDRESS_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
}
