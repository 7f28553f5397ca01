// What the Markdown shortcuts do to a text and a selection. Pure; the composer applies the result
// to its textarea so that undo keeps working.

/** Replace [start, end) by `text`, then select [from, to) of the whole. */
export interface Edit {
  start: number
  end: number
  text: string
  from: number
  to: number
}

/** What the bar over a composer can do. */
export type Format =
  | 'bold'
  | 'italic'
  | 'strike'
  | 'code'
  | 'fence'
  | 'link'
  | 'quote'
  | 'list'
  | 'numbers'
  | 'tasks'

/** Their keys, as `Kbd` takes them. */
export const FORMAT_KEYS: Partial<Record<Format, string>> = {
  bold: 'Mod+B',
  italic: 'Mod+I',
  strike: 'Mod+Shift+X',
  code: 'Mod+E',
  link: 'Mod+K',
  numbers: 'Mod+Shift+7',
  list: 'Mod+Shift+8',
  quote: 'Mod+Shift+9',
}

const MARKS = { bold: '**', italic: '*', strike: '~~', code: '`' }

/** Does it to the selection, or takes it away where it is done already. */
export function format(kind: Format, text: string, from: number, to: number): Edit {
  switch (kind) {
    case 'link':
      return makeLink(text, from, to)
    case 'fence':
      return toggleFence(text, from, to)
    case 'bold':
    case 'italic':
    case 'strike':
    case 'code':
      return toggleMark(text, from, to, MARKS[kind])
    default:
      return toggleLines(text, from, to, kind)
  }
}

interface Pressed {
  key: string
  /** The key on the keyboard: with Shift, digits give other signs. */
  code: string
  shiftKey: boolean
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
}

/** What a key asks for; null for a key that formats nothing. */
export function formatOf(pressed: Pressed): Format | null {
  if (!(pressed.metaKey || pressed.ctrlKey) || pressed.altKey) return null
  const key = /^Digit\d$/.test(pressed.code) ? pressed.code.slice(-1) : pressed.key.toUpperCase()
  const keys = `Mod+${pressed.shiftKey ? 'Shift+' : ''}${key}`
  const found = Object.entries(FORMAT_KEYS).find(([, each]) => each === keys)
  return (found?.[0] as Format | undefined) ?? null
}

/** Puts `mark` around the selection, or takes it away where it stands already. */
export function toggleMark(text: string, from: number, to: number, mark: string): Edit {
  const size = mark.length
  const chosen = text.slice(from, to)
  const standsAround =
    text.slice(from - size, from) === mark &&
    text.slice(to, to + size) === mark &&
    // `**` around is not `*` around.
    (size > 1 || (text[from - 2] !== mark && text[to + 1] !== mark))
  if (standsAround) {
    return { start: from - size, end: to + size, text: chosen, from: from - size, to: to - size }
  }
  const inner = chosen.trim()
  const lead = chosen.length - chosen.trimStart().length
  const put = chosen.slice(0, lead) + mark + inner + mark + chosen.slice(lead + inner.length)
  const begin = from + lead + size
  return { start: from, end: to, text: put, from: begin, to: begin + inner.length }
}

/** What a line of each kind begins with, after its indent. */
const BEGINNINGS = {
  quote: /^> ?/,
  list: /^[-*+] (?!\[[ xX]\] )/,
  numbers: /^\d{1,8}[.)] /,
  tasks: /^[-*+] \[[ xX]\] /,
}
const ANY_ITEM = /^(?:[-*+] (?:\[[ xX]\] )?|\d{1,8}[.)] )/

/** Makes the chosen lines a list or a quote; plain words again where all of them are one. */
function toggleLines(text: string, from: number, to: number, kind: keyof typeof BEGINNINGS): Edit {
  const start = from === 0 ? 0 : text.lastIndexOf('\n', from - 1) + 1
  // A selection that ends where a line begins does not mean that line.
  const last = to > from && text[to - 1] === '\n' ? to - 1 : to
  const found = text.indexOf('\n', last)
  const end = found < 0 ? text.length : found
  const lines = text.slice(start, end).split('\n')
  const isBlank = (line: string) => line.trim() === '' && lines.length > 1
  const is = lines.every((line) => isBlank(line) || BEGINNINGS[kind].test(line.trimStart()))
  let number = 0
  const put = lines.map((line) => {
    if (isBlank(line) && kind !== 'quote') return line
    const words = line.trimStart()
    const indent = line.slice(0, line.length - words.length)
    if (is) return indent + words.replace(BEGINNINGS[kind], '')
    if (kind === 'quote') return `> ${line}`
    number++
    const mark = { list: '- ', numbers: `${number}. `, tasks: '- [ ] ' }[kind]
    return indent + mark + words.replace(ANY_ITEM, '')
  })
  const whole = put.join('\n')
  const at = Math.max(start, from + whole.length - (end - start))
  const chosen = from === to ? { from: at, to: at } : { from: start, to: start + whole.length }
  return { start, end, text: whole, ...chosen }
}

/** Fences around the selection, on lines of their own; or none where they stand around it. */
function toggleFence(text: string, from: number, to: number): Edit {
  const chosen = text.slice(from, to)
  const [before, after] = [text.slice(0, from), text.slice(to)]
  const opened = /(?:^|\n)(`{3,}[^\n`]*\n)$/.exec(before)?.[1]
  const closed = /^\n`{3,}(?=\n|$)/.exec(after)?.[0]
  if (opened && closed) {
    const start = from - opened.length
    const end = to + closed.length
    return { start, end, text: chosen, from: start, to: start + chosen.length }
  }
  const runs = chosen.match(/`{3,}/g) ?? []
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)))
  const lead = /(?:^|\n)$/.test(before) ? '' : '\n'
  const tail = /^(?:\n|$)/.test(after) ? '' : '\n'
  const begin = from + lead.length + fence.length + 1
  const put = `${lead}${fence}\n${chosen}\n${fence}${tail}`
  return { start: from, end: to, text: put, from: begin, to: begin + chosen.length }
}

/** `[words](address)`: the caret goes where something is still missing. */
export function makeLink(text: string, from: number, to: number): Edit {
  const chosen = text.slice(from, to)
  if (isAddress(chosen)) {
    return { start: from, end: to, text: `[](${chosen})`, from: from + 1, to: from + 1 }
  }
  const caret = from + chosen.length + 3
  return { start: from, end: to, text: `[${chosen}]()`, from: caret, to: caret }
}

/** A pasted address over selected words becomes their link; null to paste as it is. */
export function pasteAddress(text: string, from: number, to: number, pasted: string): Edit | null {
  const chosen = text.slice(from, to)
  if (chosen === '' || isAddress(chosen) || !isAddress(pasted.trim())) return null
  const put = `[${chosen}](${pasted.trim()})`
  return { start: from, end: to, text: put, from: from + put.length, to: from + put.length }
}

/** Puts a completion in place of what was typed, with one space after it where one belongs. */
export function complete(text: string, start: number, caret: number, put: string): Edit {
  const next = text[caret] ?? ''
  const spaced = /^[\s,.;:!?，。；：！？、）)]/.test(next) ? put : `${put} `
  const at = start + spaced.length
  return { start, end: caret, text: spaced, from: at, to: at }
}

function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text)
}

/** Bytes of UTF-8: what the server's limit counts. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
