// Finds mentions, channels, task keys and names of emoji in a run of plain text. Called by
// `Markdown.tsx`; knows nothing of how they look, and nothing of code or links (which never get
// here).

export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'mention'; text: string; id: string }
  | { kind: 'everyone'; text: string }
  | { kind: 'channel'; text: string; id: string }
  | { kind: 'key'; text: string }
  | { kind: 'emoji'; text: string }

/** Whom `@` or `#` may name: names and handles in lower case, and the length of the longest. */
export interface Directory {
  ids: ReadonlyMap<string, string>
  longest: number
}

interface Named {
  id: string
  name: string
  handle: string
}

/** A handle wins over somebody else's equal name: it is unique. */
export function directory(named: readonly Named[]): Directory {
  const ids = new Map<string, string>()
  for (const each of named) ids.set(each.name.toLowerCase(), each.id)
  for (const each of named) ids.set(each.handle.toLowerCase(), each.id)
  ids.delete('')
  let longest = 0
  for (const name of ids.keys()) longest = Math.max(longest, name.length)
  return { ids, longest }
}

/** Channels by name. Of two with one name the first given counts. */
export function channelDirectory(channels: readonly { id: string; name: string }[]): Directory {
  return directory([...channels].reverse().map(({ id, name }) => ({ id, name, handle: '' })))
}

const NONE: Directory = { ids: new Map(), longest: 0 }

const MARK = /[@＠#＃]|[A-Z][A-Z0-9]{1,9}-[1-9][0-9]{0,8}|:[\p{L}\p{N}_+-]{1,32}:/gu
const EVERYONE = ['channel', 'all', 'everyone', '所有人', '全体成员']
const EVERYONE_NAMED = channelDirectory(EVERYONE.map((name) => ({ id: name, name })))

/** Splits a text; the parts' texts joined give the text again. */
export function split(text: string, known: Directory, channels = NONE): Part[] {
  const parts: Part[] = []
  let done = 0
  const take = (from: number, part: Part) => {
    if (from > done) parts.push({ kind: 'text', text: text.slice(done, from) })
    parts.push(part)
    done = from + part.text.length
    MARK.lastIndex = done
  }
  MARK.lastIndex = 0
  for (let hit = MARK.exec(text); hit; hit = MARK.exec(text)) {
    const before = text[hit.index - 1] ?? ''
    if (hit[0] === '@' || hit[0] === '＠') {
      const part = WORD.test(before) ? null : mention(text, hit.index, known)
      if (part) take(hit.index, part)
    } else if (hit[0] === '#' || hit[0] === '＃') {
      const named = NO_CHANNEL_AFTER.test(before) ? null : nameAt(text, hit.index, channels)
      if (named) take(hit.index, { kind: 'channel', ...named })
    } else if (hit[0].startsWith(':')) {
      // A time of day is none; the colon that ends it may begin the next.
      if (WORD.test(before)) MARK.lastIndex = hit.index + hit[0].length - 1
      else take(hit.index, { kind: 'emoji', text: hit[0] })
    } else if (!WORD.test(before) && !KEY_GOES_ON.test(text.slice(MARK.lastIndex))) {
      take(hit.index, { kind: 'key', text: hit[0] })
    }
  }
  if (done < text.length) parts.push({ kind: 'text', text: text.slice(done) })
  return parts
}

const WORD = /[A-Za-z0-9_]/
/** `page#part`, `a/#b` and `&#38;` name none. */
const NO_CHANNEL_AFTER = /[A-Za-z0-9_#＃&/]/
const WORD_OR_DASH = /[A-Za-z0-9_-]/
/** What follows makes it something else: `CVE-2026-1234`, `V2-1.5`. */
const KEY_GOES_ON = /^(?:[A-Za-z0-9_]|[-.]\d)/

function mention(text: string, at: number, known: Directory): Part | null {
  const named = nameAt(text, at, known)
  const whole = nameAt(text, at, EVERYONE_NAMED)
  if (named && named.text.length >= (whole?.text.length ?? 0)) return { kind: 'mention', ...named }
  return whole && { kind: 'everyone', text: whole.text }
}

/** The longest name that stands behind the mark. A Latin one must end where the word ends. */
function nameAt(text: string, at: number, known: Directory): { text: string; id: string } | null {
  const rest = text.slice(at + 1, at + 1 + known.longest).toLowerCase()
  for (let length = rest.length; length > 0; length--) {
    const name = rest.slice(0, length)
    const after = rest[length] ?? text[at + 1 + length] ?? ''
    if (WORD.test(name[length - 1] ?? '') && WORD_OR_DASH.test(after)) continue
    const id = known.ids.get(name)
    if (id) return { text: text.slice(at, at + 1 + length), id }
  }
  return null
}

const OPENING = /[([{（「『【《〈“‘]+$/u
const CLOSING = /^[)\]}）」』】》〉”’，。、；：？！,.;:?!…]+/u

export interface Bound {
  part: Part
  /** Punctuation that must stay on the chip's line. */
  before: string
  after: string
}

/**
 * Gives each chip the punctuation that touches it: a browser would break the line between them,
 * and no line of Chinese begins with a full stop or ends with an opening bracket.
 */
export function bind(parts: readonly Part[]): Bound[] {
  return parts.map((part, index) => {
    const [last, next] = [parts[index - 1], parts[index + 1]]
    if (part.kind === 'key') {
      const before = last?.kind === 'text' ? (OPENING.exec(last.text)?.[0] ?? '') : ''
      const after = next?.kind === 'text' ? (CLOSING.exec(next.text)?.[0] ?? '') : ''
      return { part, before, after }
    }
    if (part.kind !== 'text') return { part, before: '', after: '' }
    let { text } = part
    if (last?.kind === 'key') text = text.replace(CLOSING, '')
    if (next?.kind === 'key') text = text.replace(OPENING, '')
    return { part: { kind: 'text', text }, before: '', after: '' }
  })
}
