// What a line break does in a list: the next item begins with the same mark. Pure; called by the
// composer, never while an input method composes.

import type { Edit } from './format'
import { isInCode } from './trigger'

const ITEM = /^(\s*)(?:([-*+])|(\d{1,8})([.)]))( +)(\[[ xX]\] +)?/

/** The edit in place of a line break at the caret; null where there is no list. */
export function continueList(text: string, caret: number): Edit | null {
  const start = text.lastIndexOf('\n', caret - 1) + 1
  const line = text.slice(start, caret)
  const item = ITEM.exec(line)
  if (!item || isInCode(text.slice(0, caret))) return null
  const [mark, indent = '', dash, number, dot = '', space = ' ', box] = item
  const isEmpty = mark.length === line.length && /^(\n|$)/.test(text.slice(caret))
  if (isEmpty) return { start, end: caret, text: '', from: start, to: start }
  const next = dash ?? `${Number(number) + 1}${dot}`
  const put = `\n${indent}${next}${space}${box ? '[ ] ' : ''}`
  const at = caret + put.length
  return { start: caret, end: caret, text: put, from: at, to: at }
}
