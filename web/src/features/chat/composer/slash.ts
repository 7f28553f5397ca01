// Commands that one types in the composer: `/topic Launch week`. Reads them; what they do is in
// `channel/useSlash.ts`. Pure.

/** Each with its name in Chinese. Both are taken in either language. */
export const SLASH = {
  task: '任务',
  msg: '私信',
  invite: '邀请',
  topic: '主题',
  search: '搜索',
  mute: '静音',
  unmute: '取消静音',
  dnd: '勿扰',
  status: '状态',
  poll: '投票',
  leave: '退出',
  shrug: '摊手',
} as const

export type SlashName = keyof typeof SLASH

export const SLASH_NAMES = Object.keys(SLASH) as SlashName[]

export interface SlashCommands {
  /** Those that can be used here. */
  names: readonly SlashName[]
  /**
   * Carries out what was typed. `message` if it is no command, `kept` if it could not be carried
   * out and the words stay.
   */
  run(text: string): 'message' | 'done' | 'kept'
}

export interface Slash {
  /** Undefined if there is no such command. */
  name: SlashName | undefined
  /** The name as it was typed. */
  typed: string
  rest: string
}

// With Chinese punctuation the key `/` writes `、`. A path has a second slash and is no command.
const COMMAND = /^[/／、]([\p{L}\d_-]+)(?:\s+([\s\S]*))?$/u

/** Null if the text is an ordinary message; with a space before it, a command is one too. */
export function readSlash(text: string): Slash | null {
  const found = COMMAND.exec(text.trimEnd())
  if (!found) return null
  const typed = found[1] ?? ''
  const word = typed.toLowerCase()
  const name = SLASH_NAMES.find((each) => each === word || SLASH[each] === word)
  return { name, typed, rest: (found[2] ?? '').trim() }
}

/** Minutes; 0 for no longer; undefined if the words say no time. Nothing is an hour. */
export function readPause(words: string): number | undefined {
  if (words === '') return 60
  if (/^(off|关闭?)$/i.test(words)) return 0
  const found = /^(\d{1,3})\s*(m|min|minutes?|分钟?|h|hours?|小时)$/i.exec(words)
  if (!found) return undefined
  return Number(found[1]) * (/^(h|小时)/i.test(found[2] ?? '') ? 60 : 1)
}
