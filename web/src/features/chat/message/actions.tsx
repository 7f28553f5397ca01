// What can be done with a message, and the windows that open for it: one set for a whole list, so
// that a row stays cheap. Rows, keys and the toolbar call `useActions`.

import {
  createContext,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useMemo,
  useState,
} from 'react'
import { messageHref, openThread } from '../../../app/place'
import { t } from '../../../i18n'
import { isAdmin, useMe } from '../../../model/member'
import { deleteMessage, type LocalMessage, toggleReaction } from '../../../model/message'
import { failureText } from '../../../model/pending'
import { mayDelete, mayEdit, usePolicy } from '../../../model/policy'
import { useShowsReaders } from '../../../model/reader'
import { savedMessage, saveMessage, unsaveMessage } from '../../../model/saved'
import { togglePin } from '../../../model/shelf'
import { isResolvable, toggleResolved } from '../../../model/thread'
import type { Policy } from '../../../protocol'
import { Confirm } from '../../../ui/Dialog'
import { lazily } from '../../../ui/lazily'
import { MemberCard } from '../../../ui/markdown/MemberCard'
import { Popover } from '../../../ui/Popover'
import { toast } from '../../../ui/Toast'
import { usedEmoji } from '../emoji/recent'
import { EditHistory } from './EditHistory'
import { Readers } from './Readers'
import { inOrder, joined, NOTHING, type Selection, stepped, toggled } from './selection'

const EmojiPicker = lazily(async () => (await import('../emoji/EmojiPicker')).default)
const WhyDialog = lazily(async () => (await import('../../inbox/WhyDialog')).WhyDialog)
const RemindDialog = lazily(async () => (await import('../../inbox/RemindDialog')).RemindDialog)
const ForwardDialog = lazily(async () => (await import('./ForwardDialog')).ForwardDialog)
const MakeTask = lazily(async () => (await import('./MakeTask')).default)
const MessageSheet = lazily(async () => (await import('./MessageSheet')).MessageSheet)

/** What the reader may do with one message. */
export interface Rights {
  react: boolean
  reply: boolean
  makeTask: boolean
  edit: boolean
  remove: boolean
  markUnread: boolean
  save: boolean
  why: boolean
  pin: boolean
  /** Says that the thread which it began is settled, or opens it again. */
  resolve: boolean
  /** Asks people to acknowledge it. */
  ask: boolean
  /** Sees who has read it. */
  readers: boolean
  quote: boolean
  forward: boolean
}

export interface Actions {
  /** Id of the message being edited in place. */
  editing: string | null
  rights(message: LocalMessage): Rights
  setEditing(id: string | null): void
  /** What the message that is being written answers. */
  quoting: LocalMessage | null
  quote(message: LocalMessage | null): void
  /** Passes it on to another channel. */
  forward(message: LocalMessage): void
  /** Chosen to become one task; empty most of the time. */
  selection: Selection
  toggleSelected(message: LocalMessage): void
  /** All of these that may become a task. */
  select(messages: readonly LocalMessage[]): void
  /** The keyboard goes on selecting from one message to the next. */
  extendSelection(from: LocalMessage, to: LocalMessage): void
  clearSelection(): void
  react(message: LocalMessage, emoji: string): void
  chooseReaction(message: LocalMessage, anchor: Element): void
  reply(message: LocalMessage): void
  makeTask(message: LocalMessage, anchor: Element): void
  /** One task of all that are selected. */
  makeTaskOfSelection(anchor: Element): void
  /** Pins it to its channel, or takes the pin off. */
  togglePin(message: LocalMessage): void
  toggleResolved(message: LocalMessage): void
  copyLink(message: LocalMessage): void
  copyText(message: LocalMessage): void
  remove(message: LocalMessage): void
  markUnread(message: LocalMessage): void
  showHistory(message: LocalMessage): void
  showMember(message: LocalMessage, anchor: Element): void
  /** All of these as a sheet, for fingers. */
  showSheet(message: LocalMessage): void
  /** Keeps it for later, or no longer. */
  save(message: LocalMessage): void
  /** Asks when to be reminded of it. */
  remind(message: LocalMessage): void
  /** Who has read it. */
  showReaders(message: LocalMessage, anchor: Element): void
  /** Why the reader was told of it, or was not. */
  why(message: LocalMessage): void
}

const Context = createContext<Actions | null>(null)

/** Within `ActionsProvider` only. */
export function useActions(): Actions {
  const actions = useContext(Context)
  if (!actions) throw new Error('a message stands outside ActionsProvider')
  return actions
}

interface ProviderProps {
  /** Replies open a thread; false where one is in a thread already. */
  threads: boolean
  /** Only looking: nothing can be changed. */
  readOnly?: boolean
  /** Only managers reply here, and the reader is none of them. */
  noReplies?: boolean
  /** Only managers pin here, and the reader is none of them. */
  noPins?: boolean
  markUnread?: ((message: LocalMessage) => void) | undefined
  /** After a window closed: where the focus belongs. */
  children: ReactNode
}

type Open =
  | { kind: 'emoji' | 'member' | 'readers'; message: LocalMessage; anchor: Element }
  | { kind: 'task'; message: LocalMessage; others: LocalMessage[]; anchor: Element }
  | { kind: 'remove' | 'history' | 'sheet' | 'why' | 'remind' | 'forward'; message: LocalMessage }

/** What the reader may do with a message where it stands. */
function useRights({ threads, readOnly, noReplies, noPins, markUnread }: ProviderProps) {
  const me = useMe()
  const admin = isAdmin(me)
  const shows = useShowsReaders()
  const policy = usePolicy()
  return useCallback(
    (message: LocalMessage) =>
      rightsTo(message, {
        me: me.id,
        admin,
        threads,
        readOnly,
        noReplies,
        noPins,
        markUnread: !!markUnread,
        shows,
        policy,
      }),
    [me.id, admin, threads, readOnly, noReplies, noPins, markUnread, shows, policy],
  )
}

export function ActionsProvider(props: ProviderProps) {
  const { markUnread, children } = props
  const [editing, setEditing] = useState<string | null>(null)
  const [quoting, quote] = useState<LocalMessage | null>(null)
  const [open, setOpen] = useState<Open | null>(null)
  const [selection, setSelection] = useState(NOTHING)
  const rights = useRights(props)
  const actions = useMemo<Actions>(
    () => ({
      editing,
      setEditing,
      quoting,
      quote,
      forward: (message) => setOpen({ kind: 'forward', message }),
      selection,
      ...selecting(rights, setSelection),
      rights,
      react: (message, emoji) => {
        usedEmoji(emoji)
        toggleReaction(message, emoji).settled.catch(failed)
      },
      chooseReaction: (message, anchor) => {
        setOpen({ kind: 'emoji', message, anchor: wordsOf(anchor) })
      },
      reply: (message) => openThread(message.thread ?? message.id),
      makeTask: (message, anchor) => {
        setOpen({ kind: 'task', message, others: [], anchor: wordsOf(anchor) })
      },
      makeTaskOfSelection: (anchor) => {
        const [message, ...others] = inOrder(selection)
        if (message) setOpen({ kind: 'task', message, others, anchor })
      },
      togglePin: (message) => {
        togglePin(message).settled.catch(failed)
      },
      toggleResolved: (message) => {
        toggleResolved(message).settled.catch(failed)
      },
      copyLink: (message) => {
        copy(new URL(messageHref(message.id), location.origin).href, t('chat.link_copied'))
      },
      copyText: (message) => copy(message.text, t('common.copied')),
      remove: (message) => setOpen({ kind: 'remove', message }),
      markUnread: (message) => markUnread?.(message),
      showHistory: (message) => setOpen({ kind: 'history', message }),
      showMember: (message, anchor) => setOpen({ kind: 'member', message, anchor }),
      showSheet: (message) => setOpen({ kind: 'sheet', message }),
      save: ({ id }) => {
        const isSaved = savedMessage(id) !== undefined
        const sent = isSaved ? unsaveMessage(id) : saveMessage(id, undefined)
        sent.settled.catch(failed)
        toast({ title: isSaved ? t('inbox.unsaved_toast') : t('inbox.saved_toast') })
      },
      remind: (message) => setOpen({ kind: 'remind', message }),
      showReaders: (message, anchor) => {
        setOpen({ kind: 'readers', message, anchor: wordsOf(anchor) })
      },
      why: (message) => setOpen({ kind: 'why', message }),
    }),
    [editing, quoting, selection, rights, markUnread],
  )
  const close = () => setOpen(null)
  return (
    <Context value={actions}>
      {children}
      <Windows open={open} close={close} actions={actions} />
    </Context>
  )
}

/** Only what may become a task can be chosen for one. */
function selecting(
  rights: (message: LocalMessage) => Rights,
  set: (change: (selection: Selection) => Selection) => void,
) {
  const fits = (message: LocalMessage) => rights(message).makeTask
  return {
    toggleSelected: (message: LocalMessage) => {
      set((now) => (now.has(message.id) || fits(message) ? toggled(now, message) : now))
    },
    select: (messages: readonly LocalMessage[]) => {
      set((now) => joined(now, messages.filter(fits)))
    },
    extendSelection: (from: LocalMessage, to: LocalMessage) => {
      const both = fits(from) && fits(to)
      set((now) => (both ? stepped(now, from, to) : joined(now, [from, to].filter(fits))))
    },
    clearSelection: () => set(() => NOTHING),
  }
}

interface Reader {
  me: string
  admin: boolean
  threads: boolean
  readOnly?: boolean | undefined
  noReplies?: boolean | undefined
  noPins?: boolean | undefined
  markUnread: boolean
  /** The workspace lets authors see who has read. */
  shows: boolean
  policy: Policy
}

/** The server decides; this only hides what it would refuse. */
export function rightsTo(message: LocalMessage, reader: Reader): Rights {
  const settled = !reader.readOnly && !message.deleted && message.local?.state !== 'sending'
  const there = settled && !message.local
  const own = message.author === reader.me
  const words = !message.card
  const stands = !message.thread || message.in_channel === true
  return {
    react: there && words,
    reply:
      reader.threads &&
      !message.local &&
      words &&
      !reader.readOnly &&
      !reader.noReplies &&
      !message.task,
    makeTask: there && words && !message.task && !message.link,
    edit:
      settled &&
      own &&
      words &&
      !message.poll &&
      message.local?.state !== 'failed' &&
      mayEdit(reader.policy, message),
    remove: there && words && ((own && mayDelete(reader.policy, message)) || reader.admin),
    pin: there && words && !!message.channel && !reader.noPins,
    resolve:
      !message.local && !reader.readOnly && !reader.noReplies && words && isResolvable(message),
    readers: reader.shows && there && own && words && !!message.channel && stands,
    quote: there && words && !!message.channel,
    forward: !message.local && words && !message.deleted && !!message.channel,
    ask: there && own && words && !!message.channel && !message.acknowledgement,
    markUnread: reader.markUnread && !message.local && words && stands,
    save: !message.local && words && !message.deleted,
    why: !message.local && !own && words && !message.deleted,
  }
}

function Windows(props: { open: Open | null; close(): void; actions: Actions }) {
  const { open, close, actions } = props
  return (
    <>
      {open?.kind === 'emoji' && (
        <Popover
          open
          onOpenChange={(shown) => !shown && close()}
          anchor={open.anchor}
          label={t('chat.react')}
        >
          <Suspense fallback={<div className="h-80 w-80" />}>
            <EmojiPicker
              onPick={(emoji) => {
                close()
                actions.react(open.message, emoji)
              }}
            />
          </Suspense>
        </Popover>
      )}
      {open?.kind === 'task' && (
        <Suspense fallback={null}>
          <MakeTask
            message={open.message}
            others={open.others}
            anchor={open.anchor}
            onClose={close}
            onMade={actions.clearSelection}
          />
        </Suspense>
      )}
      {open?.kind === 'member' && (
        <Popover
          open
          onOpenChange={(shown) => !shown && close()}
          anchor={open.anchor}
          label={t('chat.member_card')}
          className="w-72 p-3"
        >
          <MemberCard id={open.message.author} onDone={close} />
        </Popover>
      )}
      {open?.kind === 'readers' && (
        <Readers message={open.message} anchor={open.anchor} onClose={close} />
      )}
      {open?.kind === 'why' && (
        <Suspense fallback={null}>
          <WhyDialog about={{ message: open.message.id }} onClose={close} />
        </Suspense>
      )}
      {open?.kind === 'remind' && (
        <Suspense fallback={null}>
          <RemindDialog message={open.message.id} onClose={close} />
        </Suspense>
      )}
      {open?.kind === 'forward' && (
        <Suspense fallback={null}>
          <ForwardDialog message={open.message} onClose={close} />
        </Suspense>
      )}
      {open?.kind === 'history' && <EditHistory message={open.message} onClose={close} />}
      {open?.kind === 'sheet' && (
        <Suspense fallback={null}>
          <MessageSheet message={open.message} actions={actions} onClose={close} />
        </Suspense>
      )}
      <Confirm
        open={open?.kind === 'remove'}
        onOpenChange={(shown) => !shown && close()}
        title={t('chat.delete_title')}
        description={t('chat.delete_hint')}
        action={t('common.delete')}
        danger
        onConfirm={() => {
          if (open) deleteMessage(open.message.id).settled.catch(failed)
        }}
      />
    </>
  )
}

/** A window about a message opens at its words, not at the far edge of the row. */
function wordsOf(anchor: Element): Element {
  return anchor.querySelector('[data-words]') ?? anchor
}

function failed(error: Error) {
  toast({ title: failureText(error), kind: 'error' })
}

function copy(text: string, said: string) {
  navigator.clipboard.writeText(text).then(
    () => toast({ title: said }),
    () => toast({ title: t('chat.copy_failed'), kind: 'error' }),
  )
}
