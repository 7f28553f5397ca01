// The talk of a channel: its messages, the line of what is new, the composer. One instance a
// channel; the page gives it the channel's id as key.

import { useCallback, useEffect, useRef, useState } from 'react'
import { t } from '../../../i18n'
import {
  canKeep,
  canSay,
  headSeq,
  markRead,
  useChannelName,
  useMembership,
} from '../../../model/channel'
import { useDraft } from '../../../model/draft'
import { useMe } from '../../../model/member'
import { type LocalMessage, type Messages, postMessage, useMessages } from '../../../model/message'
import { sendTyping } from '../../../model/typing'
import type { Channel, Membership } from '../../../protocol'
import { AskingBar, AskingButton, useAsking } from '../composer/Asking'
import { AroundContext } from '../composer/around'
import { Composer, type ComposerHandle } from '../composer/Composer'
import { PollButton } from '../composer/PollButton'
import { schedule } from '../composer/schedule'
import { TypingLine } from '../composer/TypingLine'
import { isTouch } from '../composer/touch'
import type { Surroundings } from '../composer/useOptions'
import { useSlash } from '../composer/useSlash'
import { Heard } from '../list/Heard'
import { MessageList, type MessageListHandle } from '../list/MessageList'
import { answer, arrive, openLine, place, type UnreadLine, watch } from '../list/unread'
import { useWindowWatched } from '../list/useWatching'
import { AnsweringBar } from '../message/Answered'
import { ActionsProvider, useActions } from '../message/actions'
import { BelowSelection } from '../message/SelectionBar'
import { ArchivedBar, JoinBar, ManagersBar } from './bars'
import { Intro } from './Intro'
import { Missed } from './Missed'
import { ReadLine } from './ReadLine'
import { useSurroundings } from './useSurroundings'

interface Props {
  channel: Channel
  /** Open around this seq. */
  at?: number | undefined
}

export function ChannelChat({ channel, at }: Props) {
  const messages = useMessages({ channel: channel.id })
  const me = useMe()
  const membership = useMembership(channel.id)
  const reading = useReading(channel.id, messages, membership)
  return (
    <ActionsProvider
      threads
      readOnly={!membership || channel.archived === true}
      noReplies={!canSay(channel, me, true)}
      noPins={!canKeep(channel, me)}
      markUnread={membership && reading.markUnread}
    >
      <Talk
        channel={channel}
        at={at}
        messages={messages}
        membership={membership}
        line={reading.line}
        onBottom={reading.onBottom}
        onAnswer={reading.onAnswer}
      />
    </ActionsProvider>
  )
}

interface TalkProps extends Props {
  messages: Messages
  membership: Membership | undefined
  line: UnreadLine
  onBottom(atBottom: boolean): void
  onAnswer(): void
}

function Talk({ channel, at, messages, membership, line, onBottom, onAnswer }: TalkProps) {
  const me = useMe()
  const around = useSurroundings(channel, messages.items)
  const list = useRef<MessageListHandle>(null)
  const composer = useRef<ComposerHandle>(null)
  const takeBack = useCallback((text: string) => composer.current?.append(text), [])
  const [lineSeen, setLineSeen] = useState(false)
  const seeLine = useCallback(() => setLineSeen(true), [])
  const focusComposer = useCallback(() => composer.current?.focus(), [])
  const { quoting } = useActions()
  useEffect(() => {
    if (quoting) composer.current?.focus()
  }, [quoting])
  return (
    <AroundContext value={around}>
      <div className="flex min-h-0 flex-1 flex-col">
        <MessageList
          ref={list}
          placeKey={`channel:${channel.id}`}
          messages={messages}
          unreadAfter={line.after}
          above={!lineSeen && <Missed channel={channel.id} line={line} messages={messages} />}
          onLineSeen={seeLine}
          at={at}
          intro={<Intro channel={channel} />}
          onTakeBack={takeBack}
          onBottom={onBottom}
          onLeave={focusComposer}
        />
        <Heard messages={messages} />
        {channel.kind === 'direct' && (
          <ReadLine
            channel={channel.id}
            newest={messages.hasNewer ? undefined : messages.items.at(-1)}
          />
        )}
        <div className="shrink-0 px-4 pb-(--inset-bottom) max-md:px-2">
          {channel.archived ? (
            <ArchivedBar channel={channel} />
          ) : membership && !canSay(channel, me, false) ? (
            <BelowSelection>
              <ManagersBar channel={channel} />
            </BelowSelection>
          ) : membership ? (
            <BelowSelection>
              <ChannelComposer
                ref={composer}
                channel={channel}
                items={messages.items}
                around={around}
                onSent={() => {
                  onAnswer()
                  list.current?.toBottom()
                }}
              />
            </BelowSelection>
          ) : (
            <JoinBar channel={channel} />
          )}
        </div>
      </div>
    </AroundContext>
  )
}

interface ChannelComposerProps {
  channel: Channel
  items: readonly LocalMessage[]
  around: Surroundings
  onSent(): void
  ref: React.Ref<ComposerHandle>
}

function ChannelComposer({ channel, items, around, onSent, ref }: ChannelComposerProps) {
  const [draft, setDraft] = useDraft(`channel:${channel.id}`)
  const name = useChannelName(channel.id)
  const me = useMe().id
  const actions = useActions()
  const asking = useAsking()
  const commands = useSlash(`channel:${channel.id}`, around, channel)
  const { quoting } = actions
  const label =
    channel.kind === 'direct'
      ? t('chat.message_person', { who: name })
      : t('chat.message_to', { where: `#${name}` })
  const editLast = () => {
    const last = items.findLast((item) => item.author === me && actions.rights(item).edit)
    if (last) actions.setEditing(last.id)
  }
  return (
    <>
      <Composer
        ref={ref}
        value={draft}
        label={label}
        around={around}
        commands={commands}
        // A touch keyboard that jumps up at every channel would hide it.
        autoFocus={!isTouch()}
        onChange={(text) => {
          setDraft(text)
          if (text !== '') sendTyping({ channel: channel.id })
        }}
        onEditLast={editLast}
        {...(quoting && { onEscape: () => actions.quote(null) })}
        attachTo={`channel:${channel.id}`}
        above={
          <>
            {quoting && <AnsweringBar message={quoting} onDrop={() => actions.quote(null)} />}
            <AskingBar asking={asking} channel={channel.id} />
          </>
        }
        tools={
          <>
            <AskingButton asking={asking} />
            <PollButton home={`channel:${channel.id}`} />
          </>
        }
        onSchedule={async (text, at, files) => {
          const carried = { files, acknowledgement: asking.of, quote: quoting?.id }
          const isTaken = await schedule({ channel: channel.id }, text, at, carried)
          if (isTaken) {
            asking.take()
            actions.quote(null)
          }
          return isTaken
        }}
        onSend={(text, files) => {
          setDraft('')
          const acknowledgement = asking.take()
          postMessage({ channel: channel.id }, text, { files, acknowledgement, quote: quoting?.id })
          actions.quote(null)
          onSent()
        }}
      />
      <TypingLine conversation={{ channel: channel.id }} />
    </>
  )
}

/** Moves the read position and the line of what is new. */
function useReading(channel: string, messages: Messages, membership: Membership | undefined) {
  const me = useMe().id
  const [line, setLine] = useState(() => openLine(membership?.read ?? 0, membership?.unread ?? 0))
  const [atBottom, setAtBottom] = useState(false)
  // Marked unread on purpose: looking at it does not undo that until one comes back.
  const [kept, setKept] = useState(false)
  const watched = useWindowWatched()
  const watching = watched && atBottom && membership !== undefined
  const last = messages.items.findLast((item) => !item.local)
  const lastSeq = last?.seq ?? 0
  const read = membership?.read ?? 0
  const fromOther = last !== undefined && last.author !== me && !last.card

  useEffect(() => setLine((now) => watch(now, watching)), [watching])
  const latest = useRef({ read, lastSeq })
  latest.current = { read, lastSeq }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each message that comes
  useEffect(() => {
    if (fromOther && lastSeq > latest.current.read) {
      setLine((now) => arrive(now, latest.current.read))
    }
  }, [lastSeq])
  const waiting = (membership?.unread ?? 0) + (membership?.mentions ?? 0)
  useEffect(() => {
    const newest = Math.max(latest.current.lastSeq, membership?.last ?? 0)
    // Replies are read with the channel: a mention in one would otherwise count for ever.
    const seq = waiting > 0 ? Math.max(newest, headSeq()) : newest
    if (watching && !kept && seq > 0 && (waiting > 0 || seq > read)) markRead(channel, seq)
  }, [channel, watching, kept, waiting, read, membership?.last])

  const markUnread = useCallback(
    (message: LocalMessage) => {
      setKept(true)
      setLine((now) => place(now, message.seq - 1))
      markRead(channel, message.seq - 1)
    },
    [channel],
  )
  const onAnswer = useCallback(() => {
    setKept(false)
    setLine(answer)
  }, [])
  return { line, onBottom: setAtBottom, markUnread, onAnswer }
}
