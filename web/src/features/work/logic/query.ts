/** The query language as one types it: whether a text is a query at all, and what could follow at
 *  the caret. The server reads and answers queries (docs/query.md). Pure. */

export type FieldKind =
  | 'person'
  | 'type'
  | 'flag'
  | 'state'
  | 'category'
  | 'priority'
  | 'label'
  | 'date'
  | 'number'
  | 'text'
  | 'task'
  | 'name'
  // Of custom fields alone.
  | 'line'
  | 'option'

export interface FieldWords {
  kind: FieldKind
  /** The first is ours, the last one Chinese. */
  names: readonly string[]
  /** Has a history: `WAS`, `CHANGED`. */
  past?: true
  /** Can be empty. */
  empty?: true
  /** Of what one chooses from. */
  options?: readonly string[]
}

/** What the server knows, in the order in which it is offered. */
export const FIELDS: readonly FieldWords[] = [
  { kind: 'person', names: ['assignee', '负责人'], past: true, empty: true },
  { kind: 'type', names: ['type', 'issuetype', '类型'] },
  { kind: 'state', names: ['state', 'status', '状态'], past: true },
  { kind: 'priority', names: ['priority', '优先级'], past: true, empty: true },
  { kind: 'label', names: ['label', 'labels', '标签'], empty: true },
  { kind: 'date', names: ['due', 'duedate', '截止', '截止时间'], empty: true },
  { kind: 'date', names: ['start', 'startdate', 'Start date', '开始', '开始时间'], empty: true },
  { kind: 'text', names: ['text', '文字'] },
  { kind: 'text', names: ['title', 'summary', '标题'] },
  { kind: 'text', names: ['description', '描述'], empty: true },
  { kind: 'date', names: ['created', 'createdDate', '创建时间'] },
  { kind: 'date', names: ['updated', 'updatedDate', '更新时间'] },
  { kind: 'date', names: ['closed', 'resolved', 'resolutiondate', '完成时间'], empty: true },
  { kind: 'category', names: ['category', 'statusCategory', '状态类别'] },
  { kind: 'person', names: ['responsible', '主负责人'], empty: true },
  { kind: 'person', names: ['creator', 'reporter', '创建人', '创建者'] },
  { kind: 'person', names: ['follower', 'watcher', '关注者'], empty: true },
  { kind: 'number', names: ['estimate', 'storyPoints', 'Story Points', '估算'], empty: true },
  { kind: 'number', names: ['checklist', '检查项'], empty: true },
  { kind: 'task', names: ['parent', '父任务'], empty: true },
  { kind: 'flag', names: ['blocked', '受阻'] },
  { kind: 'flag', names: ['archived', '已归档', '归档'] },
  { kind: 'task', names: ['blocks', '阻塞'], empty: true },
  { kind: 'task', names: ['blockedBy', 'is blocked by', '被阻塞'], empty: true },
  { kind: 'task', names: ['relates', 'relates to', '关联'], empty: true },
  { kind: 'task', names: ['duplicates', '重复于'], empty: true },
  { kind: 'task', names: ['duplicatedBy', 'is duplicated by', '被重复'], empty: true },
  { kind: 'task', names: ['key', 'issuekey', 'issue', 'id', '编号', '任务'] },
  { kind: 'name', names: ['channel', '频道'], empty: true },
  { kind: 'name', names: ['project', '项目'] },
  { kind: 'name', names: ['space', '空间'], empty: true },
  { kind: 'name', names: ['resolution'], empty: true },
  { kind: 'name', names: ['rank', '排序'] },
]

/** One form for all spellings of a name, as the server's. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
}

/** The field of this name; `custom`: those of projects. */
export function fieldOf(name: string, custom: readonly FieldWords[] = []): FieldWords | undefined {
  const wanted = nameKey(name)
  return [...FIELDS, ...custom].find(({ names }) => names.some((one) => nameKey(one) === wanted))
}

const SIGN = /^(!=|!~|<=|>=|&&|\|\||[=~!<>(),&|])/
const WIDE: Record<string, string> = { '（': '(', '）': ')', '，': ',', '、': ',', '＝': '=' }
const MORE_WIDE: Record<string, string> = { '！': '!', '＜': '<', '＞': '>', '～': '~' }

export interface Token {
  text: string
  start: number
  kind: 'word' | 'quoted' | 'sign'
  /** A quotation without its end. */
  open?: true
}

const QUOTED = /^(?:"((?:\\.|[^"\\])*)("?)|'((?:\\.|[^'\\])*)('?)|[“”]((?:\\.|[^“”\\])*)([“”]?))/s

export function tokensOf(source: string): Token[] {
  const text = source.replace(/[（），、＝！＜＞～]/g, (one) => WIDE[one] ?? MORE_WIDE[one] ?? one)
  const tokens: Token[] = []
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at)
    const space = /^\s+/.exec(rest)
    const quote = QUOTED.exec(rest)
    const sign = SIGN.exec(rest)
    if (space) {
      at += space[0].length
    } else if (quote) {
      const [whole, ...parts] = quote
      const [text, close] = parts.filter((part) => part !== undefined)
      const open = close === '' ? { open: true as const } : {}
      tokens.push({ text: text ?? '', start: at, kind: 'quoted', ...open })
      at += whole.length
    } else if (sign) {
      tokens.push({ text: sign[0], start: at, kind: 'sign' })
      at += sign[0].length
    } else {
      const word = /^[^\s=!<>()~,&|"'“”]+/.exec(rest)?.[0] ?? rest.slice(0, 1)
      tokens.push({ text: word, start: at, kind: 'word' })
      at += word.length
    }
  }
  return tokens
}

const BEGINS_TEST = new Set(['=', '!=', '~', '!~', '<', '<=', '>', '>='])

/** Words alone are looked for as they are; with a field and an operator it is a query. */
export function isQuery(text: string): boolean {
  const tokens = tokensOf(text)
  if (/^\s*order\s+by\s+\S/i.test(text)) return true
  let at = 0
  while (/^(not|非|!|\()$/i.test(tokens[at]?.text ?? '')) at += 1
  const [field, operator] = [tokens[at], tokens[at + 1]]
  if (!field || field.kind === 'sign' || !operator) return false
  if (operator.kind === 'sign') return BEGINS_TEST.has(operator.text)
  const word = /^(in|is|was|changed|not)$/i.test(operator.text)
  if (operator.kind !== 'word' || !word) return false
  return fieldOf(field.text) !== undefined || isAsked(tokens.slice(at + 1))
}

/** What no words alone say: `IN (`, `IS EMPTY`. A custom field may stand before it. */
function isAsked(tokens: readonly Token[]): boolean {
  const [one, two, three] = tokens.map(({ text }) => text.toLowerCase())
  if (one === 'in') return two === '('
  if (one === 'not') return two === 'in' && three === '('
  const value = two === 'not' ? three : two
  return one === 'is' && /^(empty|null|空)$/.test(value ?? '')
}

/** `ORDER BY` begins at this token. */
export function isOrder(tokens: readonly Token[], at: number): boolean {
  return /^order$/i.test(wordAt(tokens, at)) && /^by$/i.test(wordAt(tokens, at + 1))
}

function wordAt(tokens: readonly Token[], at: number): string {
  const token = tokens[at]
  return token?.kind === 'word' ? token.text : ''
}

/** The query says in which order. */
export function hasOrder(text: string): boolean {
  const tokens = tokensOf(text)
  return tokens.some((_, at) => isOrder(tokens, at))
}

/** A field and nothing yet that is asked of it. */
export function isBegun(text: string, custom: readonly FieldWords[] = []): boolean {
  const tokens = tokensOf(text)
  const field = tokens.findIndex(({ text }) => !/^(not|非|!|\()$/i.test(text))
  const named = tokens[field]
  const isLast = named !== undefined && field === tokens.length - 1
  const isNamed = named?.kind !== 'sign' && fieldOf(named?.text ?? '', custom) !== undefined
  return isLast && isNamed && /\s$/.test(text)
}

/** What is being typed at the end of a text, and where it begins. */
export interface Typing {
  part: 'field' | 'operator' | 'value' | 'joint' | 'order'
  field?: FieldWords
  start: number
  typed: string
  /** Among several, within parentheses. */
  listed?: true
}

export function typingOf(text: string, custom: readonly FieldWords[] = []): Typing {
  const tokens = tokensOf(text)
  const last = tokens.at(-1)
  const growing =
    last && last.kind !== 'sign' && (last.open || !/\s$/.test(text)) ? last : undefined
  const before = growing ? tokens.slice(0, -1) : tokens
  const place = { start: growing?.start ?? text.length, typed: growing?.text ?? '' }
  return { ...follows(before, custom), ...place }
}

/** What can stand behind these. */
function follows(
  tokens: readonly Token[],
  custom: readonly FieldWords[],
): Pick<Typing, 'part' | 'field' | 'listed'> {
  let part: Typing['part'] = 'field'
  let field: FieldWords | undefined
  let listed = false
  for (const { text, kind } of tokens) {
    const word = kind === 'word' ? text.toLowerCase() : ''
    if (part === 'field') {
      if (kind === 'sign' || word === 'not' || word === '非') continue
      if (word === 'order' || word === 'by') {
        part = word === 'by' ? 'order' : 'field'
        continue
      }
      field = fieldOf(text, custom)
      part = 'operator'
    } else if (part === 'operator') {
      if (word === 'not' || word === 'is') continue
      if (text === '(') [part, listed] = ['value', true]
      else if (word === 'changed') part = 'joint'
      else if (BEGINS_TEST.has(text) || word === 'was') part = 'value'
      else if (word === 'empty') part = 'joint'
    } else if (part === 'value') {
      if (word === 'not' || word === 'in') continue
      if (text === '(') listed = true
      else if (text === ')') [part, listed] = ['joint', false]
      else if (text !== ',' && !listed) part = 'joint'
    } else if (part === 'joint') {
      if (/^(and|or|&|&&|\||\|\||且|或)$/.test(word || text)) part = 'field'
      else if (word === 'by' && tokens.some((one) => one.text.toLowerCase() === 'order')) {
        part = 'order'
      } else if (/^(by|from|to)$/.test(word)) part = 'value'
    }
  }
  return { part, field, ...(listed ? { listed: true as const } : {}) }
}

const RESERVED = /^(and|or|not|in|is|was|changed|empty|null|order|by|asc|desc|且|或|非|空)$/i

/** A value as it is written. */
export function written(value: string): string {
  const bare = /^[^\s=!<>()~,&|"'“”[\]{};\\（），、＝！＜＞～＆｜]+$/.test(value)
  if (bare && !RESERVED.test(value)) return value
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

/** The text with what is being typed replaced. */
export function complete(text: string, typing: Typing, by: string): string {
  const before = text.slice(0, typing.start)
  const gap = before === '' || /[\s(（]$/.test(before) ? '' : ' '
  const after = typing.listed && typing.part === 'value' ? ', ' : ' '
  return `${before}${gap}${by}${after}`
}

/** The operators of a field, likeliest first. */
export function operatorsOf(field: FieldWords | undefined): readonly string[] {
  if (!field) return ['=', '!=', 'IN (']
  if (field.kind === 'text')
    return field.empty ? ['~', '!~', 'IS EMPTY', 'IS NOT EMPTY'] : ['~', '!~']
  if (field.kind === 'line')
    return ['~', '!~', '=', '!=', 'IN (', 'NOT IN (', 'IS EMPTY', 'IS NOT EMPTY']
  if (field.kind === 'flag') return ['=', '!=']
  const compared = ['date', 'number'].includes(field.kind)
  const order = compared || field.kind === 'priority' ? ['<', '<=', '>', '>='] : []
  return [
    ...(compared ? [...order, '=', '!='] : ['=', '!=', 'IN (', 'NOT IN (', ...order]),
    ...(field.empty ? ['IS EMPTY', 'IS NOT EMPTY'] : []),
    ...(field.past ? ['WAS', 'CHANGED'] : []),
  ]
}

/** Dates that are offered. */
export const DATES = [
  'now()',
  'startOfDay()',
  'endOfDay()',
  'startOfWeek()',
  'endOfWeek()',
  'endOfWeek(1)',
  'startOfMonth()',
  'endOfMonth()',
  '-1d',
  '-7d',
  '-30d',
] as const
