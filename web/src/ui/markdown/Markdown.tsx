// A text in Markdown as elements: what people wrote, in messages, descriptions and quotes. Built
// from a tree, never from HTML, so nothing in a text can run. Mentions, channels and task keys are
// live.

import { Check } from 'lucide-react'
import { createElement, Fragment, memo, type ReactNode, useMemo } from 'react'
import { t } from '../../i18n'
import { useChannels } from '../../model/channel'
import { useGroups } from '../../model/group'
import { useMe, useMembers } from '../../model/member'
import type { Channel, Group, Member } from '../../protocol'
import { cx } from '../class'
import { EmojiMark } from '../EmojiMark'
import { ChannelChip } from './ChannelChip'
import { Fence } from './Fence'
import { GroupChip } from './GroupChip'
import { Link } from './Link'
import { MentionChip } from './MentionChip'
import { type Node, parse } from './parse'
import { bind, channelDirectory, type Directory, directory, type Part, split } from './part'
import { TaskChip } from './TaskChip'
import './markdown.css'

interface Props {
  text: string
  /** Ids of members and groups that the text mentions, as the server found; without it every name
   * that fits. */
  mentions?: readonly string[] | undefined
  /** After the last word, on the same line: the "edited" mark. */
  after?: ReactNode
}

/** Renders anew only when the text or what it mentions changes. */
export const Markdown = memo(function Markdown({ text, mentions, after }: Props) {
  const me = useMe()
  const members = useMembers()
  const groups = useGroups()
  const channels = channelsByName(useChannels())
  const nodes = parse(text)
  const chosen = mentions?.join(' ')
  const known = useMemo(() => directoryOf(members, groups, chosen), [members, groups, chosen])
  const children = useMemo(() => {
    const isGroup = (id: string) => groups.some((group) => group.id === id)
    const look = { known, channels, me: me.id, isGroup }
    return nodes.map((node, index) => {
      const last = after !== undefined && index === nodes.length - 1
      // The mark stands on the last line where that is a line of words.
      if (!last || node.kind !== 'element' || node.tag !== 'p') return render(node, index, look)
      const words = node.children.map((child, at) => render(child, at, look))
      return createElement('p', { key: index }, ...words, ' ', after)
    })
  }, [nodes, known, channels, groups, me.id, after])
  const last = nodes[nodes.length - 1]
  const apart = after !== undefined && !(last?.kind === 'element' && last.tag === 'p')
  return (
    <div className={cx('markdown', sizeOf(text))} dir="auto">
      {children}
      {apart && after}
    </div>
  )
})

interface Look {
  known: Directory
  /** Those that the reader may see: the name of any other is a word. */
  channels: Directory
  me: string
  isGroup(id: string): boolean
}

let named: { channels: readonly Channel[]; known: Directory } | undefined

/** Made once for all texts. Of two with one name the public one counts, archived ones last. */
function channelsByName(channels: readonly Channel[]): Directory {
  if (named?.channels !== channels) {
    const rank = (it: Channel) => Number(!!it.archived) * 2 + Number(it.kind !== 'public')
    const sorted = channels.filter((it) => it.kind !== 'direct').sort((a, b) => rank(a) - rank(b))
    named = { channels, known: channelDirectory(sorted) }
  }
  return named.known
}

let whole: { members: readonly Member[]; groups: readonly Group[]; known: Directory } | undefined

/** The directory of everything is made once; one of a message's few mentions is cheap. */
function directoryOf(
  members: readonly Member[],
  groups: readonly Group[],
  chosen: string | undefined,
): Directory {
  if (chosen !== undefined) {
    const ids = new Set(chosen.split(' '))
    return directory([...groups, ...members].filter(({ id }) => ids.has(id)))
  }
  if (whole?.members !== members || whole.groups !== groups) {
    const named = groups.filter(({ archived }) => !archived)
    whole = { members, groups, known: directory([...named, ...members]) }
  }
  return whole.known
}

function render(node: Node, key: number, look: Look): ReactNode {
  switch (node.kind) {
    case 'text':
      return <Fragment key={key}>{renderText(node.text, look)}</Fragment>
    case 'code':
      return <code key={key}>{node.text}</code>
    case 'fence':
      return <Fence key={key} text={node.text} language={node.language} />
    case 'break':
      return <br key={key} />
    case 'rule':
      return <hr key={key} />
    case 'link':
      return (
        <Link key={key} href={node.href}>
          {node.children.map((child, index) => renderPlain(child, index))}
        </Link>
      )
    case 'element':
      return renderElement(node, key, look)
  }
}

function renderElement(node: Node & { kind: 'element' }, key: number, look: Look): ReactNode {
  const children: ReactNode[] = node.children.map((child, index) => render(child, index, look))
  if (node.tag === 'table') {
    return (
      <div key={key} className="markdown-table">
        <table>{children}</table>
      </div>
    )
  }
  if (node.checked !== undefined) {
    return (
      <li key={key} className="markdown-task" data-checked={node.checked || undefined}>
        <span className="markdown-box">{node.checked && <Check size={12} aria-hidden />}</span>
        <span className="sr-only">
          {node.checked ? t('chat.item_checked') : t('chat.item_unchecked')}
        </span>
        <div>{children}</div>
      </li>
    )
  }
  const style = node.align ? { textAlign: node.align } : undefined
  const start = node.start === undefined ? {} : { start: node.start }
  return createElement(node.tag, { key, style, ...start }, ...children)
}

/** Within a link there are no chips: one cannot click two things at once. */
function renderPlain(node: Node, key: number): ReactNode {
  if (node.kind === 'text') return node.text
  if (node.kind === 'code') return <code key={key}>{node.text}</code>
  if (node.kind === 'element') {
    return createElement(
      node.tag,
      { key },
      ...node.children.map((child, index) => renderPlain(child, index)),
    )
  }
  return null
}

function renderText(text: string, look: Look): ReactNode {
  return bind(split(text, look.known, look.channels)).map(({ part, before, after }, index) => {
    const shown = renderPart(part, index, look)
    if (before === '' && after === '') return shown
    return (
      <span key={index} className="markdown-bound">
        {before}
        {shown}
        {after}
      </span>
    )
  })
}

function renderPart(part: Part, key: number, look: Look): ReactNode {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'mention':
      return look.isGroup(part.id) ? (
        <GroupChip key={key} group={part.id} text={part.text} />
      ) : (
        <MentionChip key={key} member={part.id} text={part.text} own={part.id === look.me} />
      )
    case 'everyone':
      return (
        <span key={key} className="mention mention-own">
          {part.text}
        </span>
      )
    case 'channel':
      return <ChannelChip key={key} channel={part.id} text={part.text} />
    case 'emoji':
      return <EmojiMark key={key} emoji={part.text} />
    case 'key':
      return <TaskChip key={key} taskKey={part.text} />
  }
}

/** Custom ones are named: only their pictures are enlarged, a name that is none stays small. */
function sizeOf(text: string): string | undefined {
  if (isEmojiOnly(text)) return 'markdown-large'
  return CUSTOM_ONLY.test(text.trim()) ? 'markdown-custom' : undefined
}

/** One to five emoji and nothing else are shown large. */
export function isEmojiOnly(text: string): boolean {
  return EMOJI_ONLY.test(text.trim())
}

const EMOJI = /\p{RI}\p{RI}|\p{Emoji_Presentation}|\p{Emoji}\uFE0F/u
const EMOJI_PART = /\p{EMod}|\u200D(?:\p{Emoji}\uFE0F?)|\u20E3/u
const CUSTOM = ':[\\p{L}\\p{N}_+-]{1,32}:'
const CUSTOM_ONLY = new RegExp(
  `^(?:(?:${CUSTOM}|(?:${EMOJI.source})(?:${EMOJI_PART.source})*)\\s*){1,5}$`,
  'u',
)
const EMOJI_ONLY = new RegExp(`^(?:(?:${EMOJI.source})(?:${EMOJI_PART.source})*\\s*){1,5}$`, 'u')
