import { describe, expect, it } from 'vitest'
import { destinationOf, pollDraft, pollOfWords, readPollDraft, toPoll } from './poll'

const now = new Date('2026-01-05T08:00:00Z')

describe('a poll that is being written', () => {
  it('is read from what follows the command', () => {
    expect(pollOfWords('午饭？ | 米饭 ｜面条')).toMatchObject({
      question: '午饭？',
      options: ['米饭', '面条'],
    })
    expect(pollOfWords('When?\nMonday\nFriday\n').options).toEqual(['Monday', 'Friday'])
    expect(pollOfWords('').options).toEqual(['', ''])
  })

  it('survives as a draft, and a broken one is empty', () => {
    const draft = { ...pollOfWords('a|b|c'), anonymous: true, ends: 'day' as const }
    expect(readPollDraft(pollDraft(draft))).toEqual(draft)
    expect(readPollDraft('words').options).toEqual(['', ''])
  })

  it('says what is missing', () => {
    const draft = pollOfWords('q|a|b')
    expect(toPoll({ ...draft, question: ' ' }, now)).toEqual({ missing: 'question' })
    expect(toPoll({ ...draft, options: ['a', ' '] }, now)).toEqual({ missing: 'options' })
    expect(toPoll({ ...draft, options: ['a', 'a '] }, now)).toEqual({ missing: 'same' })
    expect(toPoll({ ...draft, options: ['a', '', 'b'], ends: 'day' }, now)).toEqual({
      options: ['a', 'b'],
      closes_at: '2026-01-06T08:00:00.000Z',
    })
  })

  it('goes to a channel, a thread or a task', () => {
    expect(destinationOf('channel:c')).toEqual({ channel: 'c' })
    expect(destinationOf('thread:c:r')).toEqual({ channel: 'c', thread: 'r' })
    expect(destinationOf('task:t')).toEqual({ task: 't' })
    expect(destinationOf('inbox')).toBeUndefined()
  })
})
