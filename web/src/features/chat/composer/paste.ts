// What a paste does to the text: an address over a selection becomes a link, a table from a
// spreadsheet a table. Pure.

import { type Edit, pasteAddress } from './format'
import { tableOf } from './table'
import { isInCode } from './trigger'

/** What is on the clipboard as text; both may be empty. */
interface Pasted {
  plain: string
  html: string
}

/** One after the other; none where the browser's own paste is right. */
export function pasteEdits(value: string, from: number, to: number, pasted: Pasted): Edit[] {
  const plain = pasted.plain.replace(/\r\n?/g, '\n')
  const address = pasteAddress(value, from, to, plain)
  if (address) return [address]
  const before = value.slice(0, from)
  const table = isInCode(before) ? null : tableOf(pasted.html, plain)
  if (!table) return []
  // In two steps: undoing the second gives the plain paste. What follows is no row of it.
  const end = from + plain.length
  const text = `${/[^\n]$/.test(before) ? '\n' : ''}${table}\n\n`
  const at = from + text.length
  return [
    { start: from, end: to, text: plain, from: end, to: end },
    { start: from, end, text, from: at, to: at },
  ]
}
