// Tasks by the query language: the server says which; what changes meanwhile is asked anew, not
// more often than it answers.

import { useEffect, useState } from 'react'
import type { Page, QueryFault, Task } from '../protocol'
import { client } from '../sync/client'
import { type Failure, Refused } from './pending'

export interface Queried {
  /** Undefined until the first answer; the last one stays until the next has come. */
  ids: ReadonlySet<string> | undefined
  /** Those of them that are archived, which the replica does not hold; in their order. */
  archived: readonly Task[]
  failure: Failure | undefined
  /** There are more than were asked for. */
  isCut: boolean
}

/** Between two questions, while tasks change. */
const PAUSE_MS = 400
const PAGE_ITEMS = 200
/** Limit: pages of one answer. */
const PAGES_MAX = 10

const NOTHING: Queried = { ids: undefined, archived: [], failure: undefined, isCut: false }

/** In place of a project: what is assigned to the reader. */
export const MINE = 'mine'

/** Those of a project's tasks, or of `MINE`, that a query finds, live; nothing is asked without
 *  one. */
export function useQuery(place: string, query: string | undefined): Queried {
  const [answer, setAnswer] = useState(NOTHING)
  useEffect(() => {
    setAnswer((last) => ({ ...last, failure: undefined }))
    if (query === undefined) return
    const question = new Question(place, query, (answer) => {
      // Without a connection the last answer is the best there is.
      const isAway = answer.failure?.code === 'offline'
      setAnswer((last) => (isAway ? { ...last, failure: answer.failure } : answer))
    })
    const aside = place === MINE ? 'aside:mine' : `aside:project:${place}`
    const ends = [`tasks:${place}`, aside].map((topic) =>
      client.view.subscribe(topic, question.again),
    )
    const isBack = () => question.again()
    addEventListener('online', isBack)
    void question.ask()
    return () => {
      question.stop()
      removeEventListener('online', isBack)
      for (const end of ends) end()
    }
  }, [place, query])
  return query === undefined ? NOTHING : answer
}

/** One question, asked again when something changed: never twice at once. */
class Question {
  private readonly place: string
  private readonly query: string
  private readonly tell: (answer: Queried) => void
  private isAsking = false
  private isStale = false
  private isOver = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(place: string, query: string, tell: (answer: Queried) => void) {
    this.place = place
    this.query = query
    this.tell = tell
  }

  readonly again = (): void => {
    this.isStale = true
    if (this.isAsking || this.timer !== undefined || this.isOver) return
    this.timer = setTimeout(() => {
      this.timer = undefined
      void this.ask()
    }, PAUSE_MS)
  }

  async ask(): Promise<void> {
    this.isAsking = true
    this.isStale = false
    const answer = await answerTo(this.place, this.query)
    this.isAsking = false
    if (this.isOver) return
    this.tell(answer)
    if (this.isStale) this.again()
  }

  stop(): void {
    this.isOver = true
    clearTimeout(this.timer)
  }
}

async function answerTo(place: string, query: string): Promise<Queried> {
  const search = new URLSearchParams({ query, limit: String(PAGE_ITEMS) })
  if (place === MINE) search.set('assignee', 'me')
  else search.set('project', place)
  const ids = new Set<string>()
  const archived: Task[] = []
  try {
    for (let pages = 0; pages < PAGES_MAX; pages += 1) {
      const page = await client.get<Page<Task>>(`/tasks?${search}`)
      for (const task of page.items) {
        if (task.archived && !ids.has(task.id)) archived.push(task)
        ids.add(task.id)
      }
      if (!page.next) return { ids, archived, failure: undefined, isCut: false }
      search.set('after', page.next)
    }
    return { ids, archived, failure: undefined, isCut: true }
  } catch (error) {
    if (error instanceof Refused) return { ...NOTHING, failure: error.failure }
    throw error
  }
}

export type { QueryFault }
