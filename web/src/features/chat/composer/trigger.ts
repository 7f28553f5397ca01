// Finds what is being completed before the caret: a person, a task or an emoji. Pure.

export type TriggerKind = 'member' | 'task' | 'emoji'

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
  const line = text.slice(text.lastIndexOf('\n', caret - 1) + 1, caret)
  if (inCode(text.slice(0, caret), line)) return null
  const lineStart = caret - line.length
  const tail = line.slice(-QUERY_MAX - 1)
  const at = (kind: TriggerKind, query: string, length: number): Trigger => {
    return { kind, query, start: lineStart + line.length - length }
  }

  // After a Chinese character no space is needed; after a Latin letter `@` is an address.
  const member = /(?:^|[^A-Za-z0-9_.@＠])[@＠]([^\s@＠]+ [^\s@＠]*|[^\s@＠]*)$/.exec(tail)
  if (member) return at('member', member[1] as string, (member[1] as string).length + 1)

  const hash = /(?:^|[^A-Za-z0-9_#&/])[#＃]([^\s#＃]{0,40})$/.exec(tail)
  if (hash) return at('task', hash[1] as string, (hash[1] as string).length + 1)

  const key = /(?:^|[^A-Za-z0-9_/.@-])([A-Za-z][A-Za-z0-9]{1,9})-(\d*)$/.exec(tail)
  if (key && projects.includes((key[1] as string).toUpperCase())) {
    const query = `${key[1]}-${key[2]}`
    return at('task', query, query.length)
  }

  const emoji = /(?:^|[^A-Za-z0-9_:/])[:]([\p{L}\d_+-]{2,30})$/u.exec(tail)
  if (emoji) return at('emoji', emoji[1] as string, (emoji[1] as string).length + 1)
  return null
}

/** Within a fence, or after an odd number of back-ticks on the line, nothing completes. */
function inCode(before: string, line: string): boolean {
  const fences = before.match(/^\s*```/gm)?.length ?? 0
  if (fences % 2 === 1) return true
  return (line.match(/`/g)?.length ?? 0) % 2 === 1
}
