// A thread beside the page: the root, the replies, and where the root became a task, the task's
// conversation after them with a visible seam. What is written goes to whichever comes last.

import { ArrowDown, ArrowUp, Bell, BellOff, CircleCheckBig, X } from 'lucide-react'
import { Fragment, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { closePane, messageHref, openChannel } from '../../app/place'
import { rich, t } from '../../i18n'
import { canKeep, canSay, useChannel, useChannelName, useMembership } from '../../model/channel'
import { useDraft } from '../../model/draft'
import { useMe } from '../../model/member'
import {
  type LocalMessage,
  loadMessage,
  postMessage,
  useMessage,
  useMessages,
} from '../../model/message'
import { followThread, useFollowsThread, useReading } from '../../model/notification'
import { failureText } from '../../model/pending'
import { useProject } from '../../model/project'
import { useTask } from '../../model/task'
import { isResolvable, toggleResolved } from '../../model/thread'
import { sendTyping } from '../../model/typing'
import type { Channel, TaskLink } from '../../protocol'
import { Button, IconButton } from '../../ui/Button'
import { Empty } from '../../ui/Empty'
import { Checkbox } from '../../ui/Field'
import { TaskChip } from '../../ui/markdown/TaskChip'
import { toast } from '../../ui/Toast'
import { ManagersBar } from './channel/bars'
import { useSurroundings } from './channel/useSurroundings'
import { AskingBar, AskingButton, useAsking } from './composer/Asking'
import { AroundContext } from './composer/around'
import { Composer, type ComposerHandle } from './composer/Composer'
import { PollButton } from './composer/PollButton'
import { schedule } from './composer/schedule'
import { TypingLine } from './composer/TypingLine'
import { isTouch } from './composer/touch'
import type { Surroundings } from './composer/useOptions'
import { useSlash } from './composer/useSlash'
import { Heard } from './list/Heard'
import { DayLine } from './list/Lines'
import { Loading } from './list/MessageList'
import { buildRows } from './list/rows'
import { useRoving } from './list/useRoving'
import { AnsweringBar } from './message/Answered'
import { ActionsProvider, useActions } from './message/actions'
import { MessageRow } from './message/MessageRow'
import { ResolvedLine } from './message/Resolved'
import { BelowSelection } from './message/SelectionBar'
import { Replies } from './threads/Replies'
import { useStand } from './threads/useStand'
import './chat.css'

interface Props {
  /** The root. */
  messageId: string
  /** The reply that a link leads to. */
  reply?: string | undefined
}

export function ThreadPane({ messageId, reply }: Props) {
  const root = useRoot(messageId)
  const channel = useChannel(root?.channel ?? undefined)
  if (root === null || (root && !channel)) {
    return (
      <Frame>
        <Empty title={t('common.not_found')} hint={t('common.not_found_hint')} />
      </Frame>
    )
  }
  if (!root || !channel) {
    return (
      <Frame>
        <Loading />
      </Frame>
    )
  }
  return <Thread key={messageId} root={root} channel={channel} reply={reply} />
}

/** The root from a loaded window, otherwise fetched; null if it is not there for the reader. */
function useRoot(id: string): LocalMessage | null | undefined {
  const held = useMessage(id)
  const [fetched, setFetched] = useState<LocalMessage | null>()
  const missing = held === undefined
  useEffect(() => {
    if (!missing) return
    let here = true
    loadMessage(id).then(
      (message) => here && setFetched(message),
      () => here && setFetched(null),
    )
    return () => {
      here = false
    }
  }, [id, missing])
  if (held) return held
  return fetched?.id === id || fetched === null ? fetched : undefined
}

interface FrameProps {
  where?: React.ReactNode
  action?: React.ReactNode
  children: React.ReactNode
}

function Frame({ where, action, children }: FrameProps) {
  return (
    <section aria-label={t('chat.thread')} className="flex h-full min-h-0 flex-col bg-canvas">
      <header className="flex h-(--header-height) shrink-0 items-center gap-2 border-b pr-2 pl-4">
        <h2 className="shrink-0 font-semibold">{t('chat.thread')}</h2>
        <div className="min-w-0 flex-1 truncate text-faint text-sm">{where}</div>
        {action}
        <IconButton label={t('common.close')} onClick={closePane}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      {children}
    </section>
  )
}

interface ThreadProps {
  root: LocalMessage
  channel: Channel
  reply: string | undefined
}

function Thread({ root, channel, reply }: ThreadProps) {
  const me = useMe()
  const name = useChannelName(channel.id)
  const joined = useMembership(channel.id) !== undefined
  const where = channel.kind === 'direct' ? name : `#${name}`
  useReading(root.id, (each) => each.thread === root.id || each.message === root.id)
  return (
    <Frame
      action={
        joined && (
          <>
            {isResolvable(root) && !channel.archived && canSay(channel, me, true) && (
              <ResolveButton root={root} />
            )}
            <FollowButton thread={root.id} />
          </>
        )
      }
      where={
        <button
          type="button"
          className="max-w-full truncate rounded-sm hover:text-ink hover:underline"
          onClick={() => openChannel(channel.id, { at: root.seq })}
          title={messageHref(root.id)}
        >
          {where}
        </button>
      }
    >
      <ActionsProvider
        threads={false}
        readOnly={!joined || channel.archived === true}
        noReplies={!canSay(channel, me, true)}
        noPins={!canKeep(channel, me)}
      >
        <Talk root={root} channel={channel} reply={reply} joined={joined} />
      </ActionsProvider>
    </Frame>
  )
}

function ResolveButton({ root }: { root: LocalMessage }) {
  const isResolved = !!root.resolved
  return (
    <IconButton
      label={t(isResolved ? 'thread.reopen' : 'thread.resolve')}
      pressed={isResolved}
      onClick={() => {
        toggleResolved(root).settled.catch((error: Error) =>
          toast({ title: failureText(error), kind: 'error' }),
        )
      }}
    >
      <CircleCheckBig size={16} aria-hidden />
    </IconButton>
  )
}

function FollowButton({ thread }: { thread: string }) {
  const follows = useFollowsThread(thread)
  if (follows === undefined) return null
  return (
    <IconButton
      label={follows ? t('chat.unfollow_thread') : t('chat.follow_thread')}
      pressed={follows}
      onClick={() => followThread(thread, !follows)}
    >
      {follows ? <Bell size={16} aria-hidden /> : <BellOff size={16} aria-hidden />}
    </IconButton>
  )
}

interface TalkProps extends ThreadProps {
  joined: boolean
}

function Talk({ root, channel, reply, joined }: TalkProps) {
  const replies = useMessages({ thread: root.id })
  const link = root.link ?? undefined
  const project = useProject(link?.project)
  const task = useTask(link && project ? link.task : undefined)
  const continues = link && project && task && !task.deleted ? link : undefined
  const me = useMe()
  const around = useSurroundings(channel, replies.items)
  const composer = useRef<ComposerHandle>(null)
  const draftKey = continues ? `task:${continues.task}` : `thread:${root.id}`
  const takeBack = useCallback((text: string) => composer.current?.append(text), [])
  const [taskItems, setTaskItems] = useState<readonly LocalMessage[]>(NONE)
  const all = useMemo(
    () => [root, ...replies.items, ...(continues ? taskItems : NONE)],
    [root, replies.items, taskItems, continues],
  )
  const rows = useMemo(() => buildRows(replies.items, null, me.id), [replies.items, me.id])
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const last = all[all.length - 1]
  const stand = useStand({ scroller, list, root, replies, rows, last, linked: reply })
  const [margin, top] = useHeight()
  const actions = useActions()
  const roving = useRoving({
    root: scroller,
    items: all,
    actions,
    reveal: (index) => {
      if (index > 0 && index <= rows.length) {
        list.current?.scrollToIndex(index - 1, { align: 'nearest' })
        return
      }
      const row = scroller.current?.querySelector(`[data-message="${all[index]?.id}"]`)
      row?.scrollIntoView({ block: 'nearest' })
    },
    leave: () => composer.current?.focus(),
  })
  const { quoting } = actions
  useEffect(() => {
    if (quoting) composer.current?.focus()
  }, [quoting])
  const row = { onTakeBack: takeBack, current: roving.current, found: stand.found }
  return (
    <AroundContext value={around}>
      <div className="relative min-h-0 flex-1">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the messages within */}
        <div
          ref={scroller}
          className="h-full scroll-pt-9 overflow-y-auto overscroll-contain pt-2 pb-3
            [overflow-anchor:none]"
          onKeyDown={roving.onKeyDown}
          onMouseDown={roving.onMouseDown}
          onClick={roving.onClick}
          onFocus={roving.onFocus}
        >
          <div ref={top}>
            <Row message={root} head {...row} />
            <RepliesLine root={root} />
          </div>
          {rows.length > 0 && (
            <Replies
              key={stand.run}
              ref={list}
              rows={rows}
              scroller={scroller}
              shift={stand.shift}
              margin={margin}
              keep={[roving.current, actions.editing]}
              onResize={stand.stick}
              draw={({ message, head }) => <Row message={message} head={head} {...row} />}
            />
          )}
          {link && <Seam link={link} />}
          {continues && <TaskTalk link={continues} onItems={setTaskItems} {...row} />}
        </div>
        <Jumps {...stand} count={root.reply_count ?? 0} />
        <Heard messages={replies} />
      </div>
      <div className="shrink-0 px-3 pb-(--inset-bottom)">
        <ResolvedLine root={root} />
        {joined && (!link || continues) && (
          <Answering
            ref={composer}
            root={root}
            channel={channel}
            items={all}
            link={continues}
            draftKey={draftKey}
            around={around}
            onSent={() => void stand.toNewest()}
          />
        )}
      </div>
    </AroundContext>
  )
}

const NONE: readonly LocalMessage[] = []

interface RowProps {
  onTakeBack(text: string): void
  /** Id of the row that Tab reaches. */
  current: string | null
  /** Id of the reply that a link led to. */
  found: string | null
}

function Row(props: RowProps & { message: LocalMessage; head: boolean }) {
  const { message, head, onTakeBack, current, found } = props
  return (
    <MessageRow
      message={message}
      head={head}
      tabbable={message.id === current}
      highlighted={message.id === found}
      threads={false}
      onTakeBack={onTakeBack}
    />
  )
}

function Rows({ items, ...row }: RowProps & { items: readonly LocalMessage[] }) {
  const me = useMe().id
  const rows = useMemo(() => buildRows(items, null, me), [items, me])
  return rows.map(({ message, head, day }, index) => (
    <Fragment key={message.id}>
      {day && index > 0 && <DayLine day={day} />}
      <Row message={message} head={head} {...row} />
    </Fragment>
  ))
}

/** Its height with the room above it, px, and how to measure it. */
function useHeight() {
  const [height, setHeight] = useState(0)
  const measure = useCallback((element: HTMLElement | null) => {
    if (!element) return
    const observer = new ResizeObserver(() => setHeight(element.offsetTop + element.offsetHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [height, measure] as const
}

interface JumpsProps extends ReturnType<typeof useStand> {
  /** Replies in all. */
  count: number
}

/** From the newest reply of a long thread to its first, and back. */
function Jumps({ away, toFirst, toNewest, count }: JumpsProps) {
  return (
    <>
      {away.first && (
        <div
          className="absolute inset-x-0 top-0 z-10 flex h-9 items-center gap-3 border-b bg-canvas
            pr-3 pl-5 text-faint text-xs"
        >
          <span className="min-w-0 flex-1 truncate">{t('chat.replies', { count })}</span>
          <Button
            size="sm"
            variant="ghost"
            icon={<ArrowUp size={14} aria-hidden />}
            onClick={() => void toFirst()}
          >
            {t('thread.to_first')}
          </Button>
        </div>
      )}
      {away.newest && (
        <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
          <Button
            size="sm"
            icon={<ArrowDown size={14} aria-hidden />}
            className="pointer-events-auto rounded-full! shadow-popup"
            onClick={() => void toNewest()}
          >
            {t('thread.to_newest')}
          </Button>
        </div>
      )}
    </>
  )
}

function RepliesLine({ root }: { root: LocalMessage }) {
  const count = root.reply_count ?? 0
  if (count === 0) return <div className="h-2" />
  return (
    <div className="flex items-center gap-3 px-5 py-2">
      <span className="text-faint text-xs">{t('chat.replies', { count })}</span>
      <div className="h-px flex-1 bg-line" />
    </div>
  )
}

/** Where the talk goes on as a task; the chip opens it. */
function Seam({ link }: { link: TaskLink }) {
  return (
    <p className="mx-5 my-3 border-accent border-l-2 py-1 pl-3 text-soft text-sm">
      {rich('chat.continues_in', { task: <TaskChip taskKey={link.key} sure /> })}
    </p>
  )
}

interface TaskTalkProps extends RowProps {
  link: TaskLink
  onItems(items: readonly LocalMessage[]): void
}

function TaskTalk({ link, onItems, ...row }: TaskTalkProps) {
  const messages = useMessages({ task: link.task })
  // What the task was made from stands above already.
  const items = useMemo(
    () => messages.items.filter((message) => !(message.context && message.text === '')),
    [messages.items],
  )
  useEffect(() => onItems(items), [items, onItems])
  return (
    <>
      {messages.hasOlder && (
        <div className="px-5 py-2">
          <Button size="sm" variant="ghost" onClick={() => void messages.loadOlder()}>
            {t('chat.earlier_replies')}
          </Button>
        </div>
      )}
      <Rows items={items} {...row} />
    </>
  )
}

interface ComposerProps {
  root: LocalMessage
  channel: Channel
  items: readonly LocalMessage[]
  /** The task that the talk goes on in. */
  link: TaskLink | undefined
  draftKey: string
  around: Surroundings
  /** Something was written, and will stand at the end. */
  onSent(): void
  ref: React.Ref<ComposerHandle>
}

/** Where one answers, if one may: in the thread, or in the task that it goes on in. */
function Answering(props: ComposerProps) {
  const { channel, link, draftKey } = props
  const me = useMe()
  if (channel.archived) return null
  const managed = !link && !canSay(channel, me, true)
  return (
    <BelowSelection>
      {managed ? (
        <ManagersBar channel={channel} isReply />
      ) : (
        <ThreadComposer key={draftKey} {...props} />
      )}
    </BelowSelection>
  )
}

function ThreadComposer(props: ComposerProps) {
  const { root, channel, items, link, draftKey, around, onSent, ref } = props
  const [draft, setDraft] = useDraft(draftKey)
  const reader = useMe()
  const me = reader.id
  const actions = useActions()
  const conversation = link ? { task: link.task } : { thread: root.id }
  const home = link ? `task:${link.task}` : `thread:${channel.id}:${root.id}`
  const commands = useSlash(home, around)
  const asking = useAsking()
  const [both, setBoth] = useState(false)
  const { quoting } = actions
  const to = { channel: channel.id, thread: root.id }
  const alsoLabel =
    channel.kind === 'direct'
      ? t('thread.also_direct')
      : t('thread.also', { where: `#${channel.name}` })
  const editLast = useCallback(() => {
    const last = items.findLast((item) => item.author === me && actions.rights(item).edit)
    if (last) actions.setEditing(last.id)
  }, [items, me, actions])
  return (
    <>
      <Composer
        ref={ref}
        value={draft}
        label={link ? t('chat.reply_in_task', { key: link.key }) : t('chat.reply_label')}
        around={around}
        commands={commands}
        autoFocus={!isTouch()}
        onChange={(text) => {
          setDraft(text)
          if (text !== '') sendTyping(conversation)
        }}
        onEditLast={editLast}
        {...(quoting && { onEscape: () => actions.quote(null) })}
        attachTo={draftKey}
        above={
          !link && (
            <>
              {quoting && <AnsweringBar message={quoting} onDrop={() => actions.quote(null)} />}
              <AskingBar asking={asking} channel={channel.id} />
            </>
          )
        }
        tools={
          <>
            {!link && <AskingButton asking={asking} />}
            <PollButton home={home} />
          </>
        }
        onSchedule={async (text, at, files) => {
          const carried = {
            ...{ files, acknowledgement: asking.of, quote: quoting?.id },
            ...(both && { in_channel: true }),
          }
          const isTaken = await (link
            ? schedule({ task: link.task }, text, at, { files })
            : schedule(to, text, at, carried))
          if (isTaken) {
            asking.take()
            setBoth(false)
            actions.quote(null)
          }
          return isTaken
        }}
        onSend={(text, files) => {
          setDraft('')
          const acknowledgement = asking.take()
          if (link) postMessage({ task: link.task }, text, { files })
          else {
            const carried = { files, acknowledgement, quote: quoting?.id }
            postMessage(to, text, { ...carried, ...(both && { in_channel: true }) })
          }
          setBoth(false)
          actions.quote(null)
          onSent()
        }}
      />
      {!link && canSay(channel, reader, false) && (
        <div className="px-1 pt-1.5 text-sm text-soft">
          <Checkbox checked={both} onChange={setBoth} label={alsoLabel} />
        </div>
      )}
      <TypingLine conversation={conversation} />
    </>
  )
}
