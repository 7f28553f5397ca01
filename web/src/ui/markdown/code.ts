// The colours of blocks of code, from a worker: grammars are regular expressions, which a text
// made for it keeps busy for a minute. Called by `useColours.ts` alone.

import type { Token } from './highlight'

/** Null: no colours, for good. */
export type Colours = readonly Token[] | null

/** Limit: what one text may take; honest code of the greatest length takes a twentieth. */
const WORK_MS_MAX = 1_500
/** Limit: blocks whose colours are kept, for when one scrolls back to them. */
const KEPT_MAX = 200

interface Job {
  text: string
  language: string
  done(): void
}

const kept = new Map<string, Colours>()
const waiting: Job[] = []
let worker: Worker | undefined
let isReady = false
let timer: ReturnType<typeof setTimeout> | undefined

const keyOf = (text: string, language: string) => `${language}\n${text}`

/** What is known already; undefined until `findColours` has answered. */
export function knownColours(text: string, language: string): Colours | undefined {
  return kept.get(keyOf(text, language))
}

/** Calls back once they are known. The result calls it off. */
export function findColours(text: string, language: string, done: () => void): () => void {
  const job: Job = { text, language, done }
  waiting.push(job)
  if (waiting.length === 1) next()
  return () => {
    const at = waiting.indexOf(job)
    // The first is being worked on: its answer is kept all the same.
    if (at > 0) waiting.splice(at, 1)
    else job.done = () => undefined
  }
}

function next() {
  const job = waiting[0]
  if (!job) return
  worker ??= start()
  if (!isReady) return
  timer = setTimeout(() => {
    end()
    answer(null)
  }, WORK_MS_MAX)
  worker.postMessage({ text: job.text, language: job.language })
}

function answer(colours: Colours) {
  clearTimeout(timer)
  const job = waiting.shift()
  if (job) {
    kept.set(keyOf(job.text, job.language), colours)
    if (kept.size > KEPT_MAX) kept.delete(kept.keys().next().value as string)
    job.done()
  }
  next()
}

function start(): Worker {
  const made = new Worker(new URL('./code_worker.ts', import.meta.url), { type: 'module' })
  made.onmessage = ({ data }: MessageEvent<Colours | 'ready'>) => {
    if (data !== 'ready') return answer(data)
    isReady = true
    next()
  }
  // Offline before the first load: what waits stays plain, and the next one tries again.
  made.onerror = () => {
    end()
    waiting.length = 0
  }
  return made
}

function end() {
  worker?.terminate()
  worker = undefined
  isReady = false
}
