// One message in a list: author and time where a group begins, the words, and what hangs on them.
// Renders again only when its own message or place changes.

import { Check, Clock, MessageSquareReply, Pin, Rss } from 'lucide-react'
import { memo, type ReactNode, useRef, useState } from 'react'
import { openThread } from '../../../app/place'
import { t } from '../../../i18n'
import { formatFull, formatTime, formatWhen } from '../../../i18n/format'
import { useEmojiOf } from '../../../model/emoji'
import { useMember, useMembers } from '../../../model/member'
import { type LocalMessage, namedIn, useMessage } from '../../../model/message'
import type { Member } from '../../../protocol'
import { Avatar, AvatarStack } from '../../../ui/Avatar'
import { cx } from '../../../ui/class'
import { EmojiMark } from '../../../ui/EmojiMark'
import { Markdown } from '../../../ui/markdown/Markdown'
import { plain } from '../../../ui/markdown/parse'
import { TaskChip } from '../../../ui/markdown/TaskChip'
import { StatusMark } from '../../../ui/StatusMark'
import { AcknowledgementBar } from './Acknowledgement'
import { Answered } from './Answered'
import { useActions } from './actions'
import { FailedLine } from './FailedLine'
import { FeedCard } from './FeedCard'
import { Files } from './Files'
import { Folded } from './Folded'
import { HeldLine } from './HeldLine'
import { MessageEditor } from './MessageEditor'
import { MessageToolbar } from './MessageToolbar'
import { PollCard } from './Poll'
import { Previews } from './Previews'
import { Quotes } from './Quotes'
import { Reactions } from './Reactions'
import { ResolvedMark } from './Resolved'
import { usePress } from './usePress'

interface Props {
  message: LocalMessage
  /** Author and time stand here. */
  head: boolean
  /** The one row of the list that Tab reaches. */
  tabbable: boolean
  /** A permalink led here. */
  highlighted?: boolean
  /** The bar "3 replies" under it; false in the thread itself. */
  threads: boolean
  onTakeBack(text: string): void
}

export const MessageRow = memo(function MessageRow(props: Props) {
  const { message, head, tabbable, highlighted } = props
  const actions = useActions()
  const author = useMember(message.author)
  const row = useRef<HTMLElement>(null)
  const [hovered, setHovered] = useState(false)
  const [held, setHeld] = useState(false)
  const editing = actions.editing === message.id
  const shown = head && !message.card
  const selected = actions.selection.has(message.id)
  const selecting = actions.selection.size > 0
  const press = usePress(() => !selecting && actions.showSheet(message))
  return (
    <article
      ref={row}
      data-message={message.id}
      data-swipes="reply"
      tabIndex={tabbable ? 0 : -1}
      aria-label={labelOf(message, author, selected)}
      className={cx(
        'message swipes group relative flex gap-3 px-5 outline-offset-[-2px] max-md:px-4',
        shown ? 'pt-2 pb-0.5' : message.card ? 'py-1' : 'py-0.5',
        selected ? 'bg-accent-soft' : (hovered || held) && !editing && 'bg-hover/60',
        highlighted && 'message-found',
      )}
      onPointerEnter={(event) => event.pointerType === 'mouse' && setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      {...press}
    >
      {selecting && (selected || actions.rights(message).makeTask) && <Mark on={selected} />}
      <div className={cx('w-9 shrink-0', message.card ? 'flex justify-center pt-3' : 'text-right')}>
        {message.card ? (
          <Rss size={14} aria-hidden className="text-faint" />
        ) : shown ? (
          <Author message={message} author={author} />
        ) : (
          <time
            dateTime={message.at}
            title={formatFull(message.at)}
            className={cx(
              'text-2xs text-faint leading-[21px] tabular-nums',
              !hovered && 'opacity-0',
            )}
          >
            {formatTime(message.at)}
          </time>
        )}
      </div>
      <div data-words className="message-words min-w-0 flex-1">
        {message.pin && <PinLine by={message.pin.by} />}
        {shown && <Head message={message} author={author} />}
        {props.threads && message.thread && <InThread root={message.thread} />}
        {editing ? (
          <MessageEditor message={message} />
        ) : (
          <Body message={message} wanted={highlighted === true} />
        )}
        {message.local?.isHeld && <HeldLine message={message} />}
        {message.local?.state === 'failed' && (
          <FailedLine message={message} onTakeBack={props.onTakeBack} />
        )}
        {message.acknowledgement && (
          <AcknowledgementBar message={message} asks={message.acknowledgement} />
        )}
        <Reactions message={message} />
        {props.threads && (message.reply_count ?? 0) > 0 && <ThreadBar message={message} />}
      </div>
      {(hovered || held) && !selecting && !editing && !message.deleted && !message.card && (
        <MessageToolbar
          message={message}
          actions={actions}
          row={() => row.current ?? document.body}
          onHold={setHeld}
        />
      )}
    </article>
  )
})

function labelOf(message: LocalMessage, author: Member | undefined, selected: boolean): string {
  const who = message.alias?.name ?? author?.name ?? t('common.unknown_member')
  const when = formatWhen(message.at)
  return t(selected ? 'chat.message_by_selected' : 'chat.message_by', { who, when })
}

/** In the margin, so that nothing moves when selecting begins. */
function Mark({ on }: { on: boolean }) {
  return (
    <span
      aria-hidden
      className={cx(
        'absolute top-1 left-0.5 flex size-4 items-center justify-center rounded-full border',
        'max-md:left-px max-md:size-3.5',
        on ? 'border-accent bg-accent text-on-accent' : 'border-faint bg-raised',
      )}
    >
      {on && <Check size={10} strokeWidth={3} />}
    </span>
  )
}

function Author({ message, author }: { message: LocalMessage; author: Member | undefined }) {
  const actions = useActions()
  const icon = message.alias?.emoji
  const custom = useEmojiOf(icon ?? '')
  // Slack's name for an emoji that there is not: the picture of its bot instead.
  if ((icon && (custom || !icon.startsWith(':'))) || !author) {
    return (
      <span
        aria-hidden
        className="flex size-9 items-center justify-center rounded-md bg-sunken text-xl"
      >
        {icon ? <EmojiMark emoji={icon} hidden /> : '·'}
      </span>
    )
  }
  return (
    <button
      type="button"
      tabIndex={-1}
      className="relative block rounded-full"
      onClick={(event) => actions.showMember(message, event.currentTarget)}
    >
      <span className="sr-only">{author.name}</span>
      <Avatar member={author} size={36} />
    </button>
  )
}

function Head({ message, author }: { message: LocalMessage; author: Member | undefined }) {
  const bot = author?.kind === 'bot'
  return (
    <div className="flex min-w-0 items-baseline gap-2">
      <span className="truncate font-semibold">
        {message.alias?.name ?? author?.name ?? t('common.unknown_member')}
      </span>
      {!message.alias && <StatusMark member={author} />}
      {bot && (
        <span className="rounded-sm bg-active px-1 text-2xs text-soft">{t('common.bot')}</span>
      )}
      <time
        dateTime={message.at}
        title={formatFull(message.at)}
        className="shrink-0 text-faint text-xs tabular-nums"
      >
        {formatTime(message.at)}
      </time>
    </div>
  )
}

/** A reply that stands in its channel too: leads to its thread. */
function InThread({ root }: { root: string }) {
  const message = useMessage(root)
  return (
    <button
      type="button"
      onClick={() => openThread(root)}
      className="-ml-1 flex max-w-full gap-1 rounded-sm px-1 text-faint text-xs hover:text-ink
        hover:underline"
    >
      <MessageSquareReply size={12} aria-hidden className="mt-0.5 shrink-0" />
      <span className="truncate">
        {message?.text
          ? t('thread.in_thread_of', { text: plain(message.text) })
          : t('thread.in_thread')}
      </span>
    </button>
  )
}

function PinLine({ by }: { by: string }) {
  const member = useMember(by)
  return (
    <p className="flex items-center gap-1 text-faint text-xs">
      <Pin size={12} aria-hidden />
      {t('chat.pinned_by', { who: member?.name ?? t('common.unknown_member') })}
    </p>
  )
}

/** `wanted`: somebody was led to it. */
function Body({ message, wanted }: { message: LocalMessage; wanted: boolean }) {
  const actions = useActions()
  if (message.deleted) {
    const words = message.erased ? t('retention.erased') : t('chat.deleted')
    return <p className="text-faint text-sm">{words}</p>
  }
  if (message.card) return <FeedCard card={message.card} />
  const sending = message.local?.state === 'sending'
  const marks: ReactNode[] = []
  if (message.edited_at) {
    marks.push(
      <button
        key="edited"
        type="button"
        title={formatFull(message.edited_at)}
        className="rounded-sm text-faint text-xs hover:text-soft hover:underline"
        onClick={() => actions.showHistory(message)}
      >
        {t('chat.edited')}
      </button>,
    )
  }
  if (sending) marks.push(<Sending key="sending" />)
  return (
    <>
      {message.context && <Quotes context={message.context} kind="task" />}
      {message.quote &&
        (message.quote.channel === message.channel ? (
          <Answered context={message.quote} />
        ) : (
          <Quotes context={message.quote} kind="forward" />
        ))}
      {message.text !== '' && (
        <Folded id={message.id} text={message.text} wanted={wanted}>
          <Markdown
            text={message.text}
            // Not confirmed: whom it names is not known yet, so every name that fits.
            mentions={message.local ? undefined : namedIn(message)}
            after={marks.length > 0 ? marks : undefined}
          />
        </Folded>
      )}
      {message.text === '' && marks}
      {message.poll && <PollCard message={message} poll={message.poll} />}
      {message.files && message.files.length > 0 && <Files files={message.files} />}
      {message.erased_files && (
        <p className="text-faint text-sm">
          {t('retention.erased_files', { count: message.erased_files })}
        </p>
      )}
      {message.previews && message.previews.length > 0 && <Previews message={message} />}
      {message.link && (
        <p className="mt-0.5">
          <TaskChip taskKey={message.link.key} sure />
        </p>
      )}
    </>
  )
}

function Sending() {
  return (
    <span role="img" aria-label={t('chat.sending')} title={t('chat.sending')} className="late-mark">
      <Clock size={12} aria-hidden className="inline align-[-1px] text-faint" />
    </span>
  )
}

function ThreadBar({ message }: { message: LocalMessage }) {
  const members = useMembers()
  const repliers = (message.repliers ?? []).flatMap(
    (id) => members.find((member) => member.id === id) ?? [],
  )
  return (
    <button
      type="button"
      onClick={() => openThread(message.id)}
      className="-ml-1.5 mt-1 flex h-7 max-w-full items-center gap-2 rounded-md border
        border-transparent px-1.5 text-sm hover:border-line hover:bg-raised finger:h-10"
    >
      <AvatarStack members={repliers} />
      <span className="font-medium text-accent-ink">
        {t('chat.replies', { count: message.reply_count ?? 0 })}
      </span>
      {message.resolved && <ResolvedMark by={message.resolved.by} />}
      {message.last_reply_at && (
        <span className="truncate text-faint text-xs">
          {t('chat.last_reply', { when: formatWhen(message.last_reply_at) })}
        </span>
      )}
    </button>
  )
}
