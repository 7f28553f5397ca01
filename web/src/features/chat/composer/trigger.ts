// Finds what is being completed before the caret: a person, a channel, a task, an emoji or
// a command. Pure.

/** `hash` is a `#`, of a channel or a task; `task` one begun by its key. */
export type TriggerKind = 'member' | 'hash' | 'task' | 'emoji' | 'command'

export interface Trigger {
  kind: TriggerKind
  /** Where the completed text begins, the mark included. */
  start: number
  /** What was typed after the mark. For a task begun by its key the whole, `ENG-4`. */
  query: string
}

/** Limit: characters after the mark; beyond it one is writing prose. */
const QUERY_MAX = 40

/** `projects`: keys that exist, so that `ENG-` completes and `UTF-` does not. */
export function findTrigger(
  text: string,
  caret: number,
  projects: readonly string[],
): Trigger | null {
  const command = COMMAND.exec(text.slice(0, caret))
  if (command) return { kind: 'command', query: command[1] ?? '', start: 0 }
  const line = text.slice(text.lastIndexOf('\n', caret - 1) + 1, caret)
  if (isInCode(text.slice(0, caret))) return null
  const lineStart = caret - line.length
  const tail = line.slice(-QUERY_MAX - 1)
  const found: Trigger[] = []
  const add = (kind: TriggerKind, query: string | undefined, mark: number) => {
    if (query === undefined) return
    found.push({ kind, query, start: lineStart + line.length - query.length - mark })
  }
  add('member', MEMBER.exec(tail)?.[1], 1)
  add('hash', HASH.exec(tail)?.[1], 1)
  const key = KEY.exec(tail)
  if (key && projects.includes((key[2] as string).toUpperCase())) add('task', key[1], 0)
  add('emoji', (EMOJI.exec(tail) ?? EMOJI_APART.exec(tail))?.[1], 1)
  // The mark nearest to the caret: a name may have a space, so an earlier `@` still fits.
  return found.reduce<Trigger | null>(
    (best, one) => (best && best.start >= one.start ? best : one),
    null,
  )
}

// After a Chinese character no space is needed; after a Latin letter `@` is an address.
const MEMBER = /(?:^|[^A-Za-z0-9_.@＠])[@＠]([^\s@＠]+ [^\s@＠]*|[^\s@＠]*)$/
const HASH = /(?:^|[^A-Za-z0-9_#&/])[#＃]([^\s#＃]{0,40})$/
const KEY = /(?:^|[^A-Za-z0-9_/.@-])(([A-Za-z][A-Za-z0-9]{1,9})-\d*)$/
const EMOJI = /(?:^|[^A-Za-z0-9_:：/]):([\p{L}\d_+-]{2,30})$/u
// One character says enough, and a full-width colon is typed without changing the keyboard. Behind
// a word both are prose: `结论：好`.
const EMOJI_APART = /(?:^|[^\p{L}\p{N}_:：/])[:：]([\p{L}\d_+-]{2,30}|\p{Script=Han})$/u

// At the very beginning; what else begins so is `readSlash`'s to say.
const COMMAND = /^[/／、]([\p{L}\d_-]{0,40})$/u

/** Within a fence, or after an odd number of back-ticks on the line, nothing completes. */
export function isInCode(before: string): boolean {
  const fences = before.match(/^\s*```/gm)?.length ?? 0
  if (fences % 2 === 1) return true
  const line = before.slice(before.lastIndexOf('\n') + 1)
  return (line.match(/`/g)?.length ?? 0) % 2 === 1
}
