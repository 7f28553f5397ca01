// Markdown as typed -> a small tree of plain nodes, cached by text. Called by `Markdown.tsx` alone.
// It never makes HTML: raw HTML in the source stays text, and a link keeps only a safe address.

import MarkdownIt from 'markdown-it'
import cjkFriendly from 'markdown-it-cjk-friendly'

/** One piece of a rendered text. */
export type Node =
  | { kind: 'text'; text: string }
  | {
      kind: 'element'
      tag: Tag
      children: Node[]
      align?: Align
      start?: number
      checked?: boolean
    }
  | { kind: 'link'; href: string; children: Node[] }
  | { kind: 'code'; text: string }
  | { kind: 'fence'; text: string; language: string }
  | { kind: 'break' }
  | { kind: 'rule' }

/** The elements that a message may become; anything else renders its children alone. */
export type Tag = (typeof TAGS)[number]
export type Align = 'left' | 'center' | 'right'

const TAGS = [
  'p',
  'strong',
  'em',
  's',
  'blockquote',
  'ul',
  'ol',
  'li',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
] as const
const tags: ReadonlySet<string> = new Set(TAGS)

/** Limit: parsed texts kept. */
const PARSED_MAX = 2_000
const parsed = new Map<string, Node[]>()

/** The tree of a text. The same text gives the same tree (by identity) while it is cached. */
export function parse(text: string): Node[] {
  const known = parsed.get(text)
  if (known) {
    parsed.delete(text)
    parsed.set(text, known)
    return known
  }
  const nodes = nest(markdown.parse(text, {}))
  parsed.set(text, nodes)
  if (parsed.size > PARSED_MAX) parsed.delete(parsed.keys().next().value as string)
  return nodes
}

/** What a text says without its marks, on one line; for previews and titles. */
export function plain(text: string): string {
  return words(parse(text)).replace(/\s+/g, ' ').trim()
}

/** An address that may be opened from a message: the web and mail, nothing that runs. */
export function safeHref(href: string): string | null {
  try {
    const url = new URL(href, HERE)
    if (!['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol)) return null
    // Without a scheme only a path of this server's own.
    const local = /^\/(?![/\\])/.test(href) && url.origin === HERE
    return local || /^(https?:\/\/|mailto:|tel:)/i.test(href) ? href : null
  } catch {
    return null
  }
}

const HERE = 'https://here.invalid'

const markdown = makeParser()

function makeParser() {
  const parser = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false })
  parser.use(cjkFriendly)
  // Without a scheme `main.rs` and `README.md` would become links to somebody's domain.
  parser.linkify.set({ fuzzyLink: false, fuzzyIP: false, fuzzyEmail: true })
  parser.validateLink = (href: string) => safeHref(href) !== null
  // Shown as typed until `found` has cut it; decoding first would hide where the typing ended.
  parser.normalizeLinkText = (text: string) => text
  return parser
}

const CHINESE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/

type Token = ReturnType<typeof markdown.parse>[number]

/** Flat tokens with opening and closing ones -> a tree. */
function nest(tokens: Token[]): Node[] {
  const root: Node[] = []
  const open: Node[][] = [root]
  const into = () => open[open.length - 1] as Node[]
  for (const token of tokens) {
    if (token.nesting === 1) {
      const node = opened(token)
      if (node) into().push(node)
      open.push(node ? node.children : into())
    } else if (token.nesting === -1) {
      if (open.length > 1) open.pop()
      if (token.type === 'link_close' && token.markup === 'linkify') cutAtChinese(into())
    } else if (token.type === 'inline') {
      into().push(...nest(token.children ?? []))
    } else {
      into().push(...leaf(token))
    }
  }
  markTasks(root)
  return root
}

function opened(token: Token): (Node & { children: Node[] }) | null {
  if (token.type === 'link_open') {
    const href = safeHref(String(token.attrGet('href') ?? ''))
    return href === null ? null : { kind: 'link', href, children: [] }
  }
  // Paragraphs of tight lists are hidden: their words stand in the item itself.
  if (token.hidden || !tags.has(token.tag)) return null
  const node: Node & { kind: 'element' } = { kind: 'element', tag: token.tag as Tag, children: [] }
  const align = /text-align:(left|center|right)/.exec(String(token.attrGet('style') ?? ''))
  if (align) node.align = align[1] as Align
  const start = token.tag === 'ol' ? Number(token.attrGet('start') ?? 1) : 1
  if (start !== 1) node.start = start
  return node
}

/**
 * `https://a.example/x请看` links only the Latin part, the rest are words again: an address that
 * was copied from a browser has its Chinese encoded.
 */
function cutAtChinese(siblings: Node[]) {
  const link = siblings[siblings.length - 1]
  const words = link?.kind === 'link' ? link.children[0] : undefined
  if (link?.kind !== 'link' || words?.kind !== 'text') return
  const at = words.text.search(CHINESE)
  if (at > 0) {
    siblings.push({ kind: 'text', text: words.text.slice(at) })
    words.text = words.text.slice(0, at)
    link.href = link.href.startsWith('mailto:') ? `mailto:${words.text}` : words.text
  }
  words.text = decoded(words.text)
}

function decoded(address: string): string {
  try {
    return decodeURI(address)
  } catch {
    return address
  }
}

function leaf(token: Token): Node[] {
  switch (token.type) {
    case 'code_inline':
      return [{ kind: 'code', text: token.content }]
    case 'fence':
    case 'code_block': {
      const language = token.info.trim().split(/\s+/)[0] ?? ''
      return [{ kind: 'fence', text: token.content.replace(/\n$/, ''), language }]
    }
    case 'hardbreak':
    case 'softbreak':
      return [{ kind: 'break' }]
    case 'hr':
      return [{ kind: 'rule' }]
    case 'image':
      return image(token)
    default:
      return token.content === '' ? [] : [{ kind: 'text', text: token.content }]
  }
}

/** A picture from elsewhere would tell its server who reads: it becomes a link. */
function image(token: Token): Node[] {
  const source = String(token.attrGet('src') ?? '')
  const href = safeHref(source)
  const children = [{ kind: 'text' as const, text: token.content || source }]
  return href === null ? children : [{ kind: 'link', href, children }]
}

/** `- [x] words`: the item gets a box instead of the brackets. */
function markTasks(nodes: Node[]) {
  for (const node of nodes) {
    if (node.kind !== 'element') continue
    if (node.tag === 'li') {
      const first = node.children[0]
      const text = first?.kind === 'element' && first.tag === 'p' ? first.children[0] : first
      const box = text?.kind === 'text' ? /^\[([ xX])\] /.exec(text.text) : null
      if (box && text?.kind === 'text' && node.checked === undefined) {
        node.checked = box[1] !== ' '
        text.text = text.text.slice(4)
      }
    }
    markTasks(node.children)
  }
}

function words(nodes: Node[]): string {
  return nodes.map(wordsOf).join('')
}

function wordsOf(node: Node): string {
  switch (node.kind) {
    case 'text':
    case 'code':
    case 'fence':
      return node.text
    case 'break':
      return ' '
    case 'rule':
      return ''
    case 'link':
      return words(node.children)
    case 'element':
      return BLOCKS.has(node.tag) ? ` ${words(node.children)} ` : words(node.children)
  }
}

const BLOCKS: ReadonlySet<string> = new Set(
  TAGS.filter((tag) => !['strong', 'em', 's'].includes(tag)),
)
