// How high rows will be, before they are drawn. The list begins with these, so that the first
// drawing of a row stands; measuring corrects them before the frame is painted. Pure.

import type { CacheSnapshot } from 'virtua'
import type { LocalMessage } from '../../../model/message'
import type { Row } from './rows'

/** px; as in tokens and classes of the rows. */
const LINE = 21
const NARROW_CHAR = 6
const WIDE_CHAR = 14
const HEAD_PADDING = 10
const PADDING = 4
const DAY_LINE = 36
const UNREAD_LINE = 24
const CARD = 44
const FILE = 40
const PREVIEW = 60
const REACTIONS = 26
const THREAD_BAR = 32
const QUOTE = 24
/** Borders and padding of a block of code; its fences are no lines. */
const CODE = 2 * LINE - 20

/** Longer words are folded, with a line that unfolds them. */
const WORDS_MAX = 25 * LINE

/** Of a row that nothing is known of yet, px. */
export const ROW_PX = 46

/**
 * Heights for a list that nothing has measured, in virtua's own shape: what its handle's `cache`
 * gives. Rather too low than too high: then the rows in sight are all in the first drawing.
 * `width`: px that a line of words has at most.
 */
export function estimate(rows: readonly Row[], width: number): CacheSnapshot {
  const sizes = rows.map((row) => rowHeight(row, width))
  return [sizes, ROW_PX] as unknown as CacheSnapshot
}

function rowHeight({ message, head, day, unread }: Row, width: number): number {
  const lines = (day ? DAY_LINE : 0) + (unread ? UNREAD_LINE : 0)
  if (message.card) return lines + CARD
  const padding = head ? HEAD_PADDING + LINE : PADDING
  return lines + padding + wordsHeight(message, width) + hangingHeight(message)
}

function wordsHeight({ text, deleted }: LocalMessage, width: number): number {
  if (deleted) return LINE - 3
  if (text === '') return 0
  let height = 0
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) height += CODE / 2
    else if (line !== '') height += LINE * Math.ceil(lineWidth(line) / width)
  }
  return Math.min(height, WORDS_MAX)
}

function lineWidth(line: string): number {
  let wide = 0
  for (let at = 0; at < line.length; at++) if (line.charCodeAt(at) > 0x2e7f) wide++
  return wide * WIDE_CHAR + (line.length - wide) * NARROW_CHAR
}

function hangingHeight(message: LocalMessage): number {
  return (
    (message.files?.length ? FILE : 0) +
    (message.previews?.length ? PREVIEW : 0) +
    (message.reactions?.length ? REACTIONS : 0) +
    (message.reply_count ? THREAD_BAR : 0) +
    (message.quote || message.context ? QUOTE : 0)
  )
}
