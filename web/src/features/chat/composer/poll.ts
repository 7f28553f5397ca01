// A poll that is being written: kept as a draft, read from what follows `/poll`, made into what is
// posted. Pure.

import type { Destination } from '../../../model/message'
import type { NewPoll } from '../../../protocol'

export interface PollDraft {
  question: string
  /** Two at least; empty ones are left out. */
  options: string[]
  multiple: boolean
  anonymous: boolean
  extensible: boolean
  ends: 'never' | 'hour' | 'day' | 'three_days' | 'week'
}

const EMPTY: PollDraft = {
  question: '',
  options: ['', ''],
  multiple: false,
  anonymous: false,
  extensible: false,
  ends: 'never',
}

const HOURS = { never: 0, hour: 1, day: 24, three_days: 72, week: 168 }

/** Where a poll goes: `channel:ID`, `thread:CHANNEL:ROOT` or `task:ID`. */
export function destinationOf(home: string): Destination | undefined {
  const [kind, id, root] = home.split(':')
  if (kind === 'channel' && id) return { channel: id }
  if (kind === 'thread' && id && root) return { channel: id, thread: root }
  return kind === 'task' && id ? { task: id } : undefined
}

export function pollDraft(draft: PollDraft): string {
  return JSON.stringify(draft)
}

/** What was kept; an empty one if that cannot be read. */
export function readPollDraft(text: string): PollDraft {
  try {
    const kept = JSON.parse(text) as Partial<PollDraft>
    const options = Array.isArray(kept.options) ? kept.options.map(String) : []
    while (options.length < 2) options.push('')
    return { ...EMPTY, ...kept, options }
  } catch {
    return EMPTY
  }
}

/** What follows `/poll`: the question, then the options, each on a line or behind a bar. */
export function pollOfWords(words: string): PollDraft {
  const parts = words.split(/\n|[|｜]/).map((part) => part.trim())
  const [question = '', ...options] = parts.filter((part) => part !== '')
  while (options.length < 2) options.push('')
  return { ...EMPTY, question, options }
}

/** What is posted, or what is missing. */
export function toPoll(
  draft: PollDraft,
  now: Date,
): NewPoll | { missing: 'question' | 'options' | 'same' } {
  if (draft.question.trim() === '') return { missing: 'question' }
  const options = draft.options.map((option) => option.trim()).filter((option) => option !== '')
  if (options.length < 2) return { missing: 'options' }
  if (new Set(options).size < options.length) return { missing: 'same' }
  const hours = HOURS[draft.ends]
  return {
    options,
    ...(draft.multiple && { multiple: true }),
    ...(draft.anonymous && { anonymous: true }),
    ...(draft.extensible && { extensible: true }),
    ...(hours > 0 && { closes_at: new Date(now.getTime() + hours * 3_600_000).toISOString() }),
  }
}
