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
