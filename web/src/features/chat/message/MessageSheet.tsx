// The actions of one message: what a long press opens, a sheet from below, and the key M, where
// there is room a window like any other.

import { Dialog } from '@base-ui/react/dialog'
import {
  AlarmClock,
  Bell,
  Bookmark,
  CheckCheck,
  CircleCheck,
  CircleCheckBig,
  CircleDashed,
  CircleQuestionMark,
  Copy,
  Eye,
  Forward,
  Link,
  ListTodo,
  MessageSquareReply,
  Pencil,
  Pin,
  PinOff,
  SmilePlus,
  TextQuote,
  Trash2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../../../i18n'
import { askedOf, requestAcknowledgement } from '../../../model/acknowledgement'
import type { LocalMessage } from '../../../model/message'
import { savedMessage } from '../../../model/saved'
import { EmojiMark } from '../../../ui/EmojiMark'
import { recentEmoji } from '../emoji/recent'
import type { Actions, Rights } from './actions'

interface Props {
  message: LocalMessage
  actions: Actions
  onClose(): void
}

export function MessageSheet({ message, actions, onClose }: Props) {
  const row = () => document.querySelector(`[data-message="${message.id}"]`) ?? document.body
  // The sheet goes first, so that what opens next takes the focus from the page.
  const then = (act: () => void) => () => {
    onClose()
    setTimeout(act, 0)
  }
  const about: About = { message, actions, rights: actions.rights(message), row, then }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Dialog.Popup
          aria-label={t('chat.message_actions')}
          className="popup fixed inset-x-0 z-40 mx-auto overflow-y-auto px-2 pt-2 max-md:bottom-0
            max-md:max-h-full max-md:max-w-md max-md:rounded-b-none
            max-md:pb-[calc(8px+env(safe-area-inset-bottom))] md:top-[12vh] md:max-h-[80dvh]
            md:w-80 md:pb-2"
        >
          <Quick {...about} />
          <TalkItems {...about} />
          <KeepItems {...about} />
          <OwnItems {...about} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface About {
  message: LocalMessage
  actions: Actions
  rights: Rights
  /** What opens next stands there. */
  row(): Element
  /** What a press does: the sheet goes, and then it is done. */
  then(act: () => void): () => void
}

/** Reactions that are near at hand, and all others. */
function Quick({ message, actions, rights, row, then }: About) {
  if (!rights.react) return null
  return (
    <div className="mb-1 flex justify-between gap-1 border-b px-1 pb-2">
      {recentEmoji(6).map((emoji) => (
        <button
          key={emoji}
          type="button"
          className="flex size-11 items-center justify-center rounded-full bg-sunken text-xl
                    mouse:size-8 mouse:text-lg mouse:hover:bg-hover"
          onClick={then(() => actions.react(message, emoji))}
        >
          <EmojiMark emoji={emoji} />
        </button>
      ))}
      <button
        type="button"
        aria-label={t('chat.react')}
        className="flex size-11 items-center justify-center rounded-full bg-sunken mouse:size-8
                  mouse:hover:bg-hover"
        onClick={then(() => actions.chooseReaction(message, row()))}
      >
        <SmilePlus size={20} aria-hidden />
      </button>
    </div>
  )
}

/** What is made of it, said to it, and taken from it. */
function TalkItems({ message, actions, rights, row, then }: About) {
  return (
    <>
      {rights.makeTask && (
        <Item icon={<ListTodo size={18} />} onClick={then(() => actions.makeTask(message, row()))}>
          {t('chat.make_task')}
        </Item>
      )}
      {rights.makeTask && (
        <Item
          icon={<CircleCheck size={18} />}
          onClick={then(() => actions.toggleSelected(message))}
        >
          {t('chat.select')}
        </Item>
      )}
      {rights.reply && (
        <Item icon={<MessageSquareReply size={18} />} onClick={then(() => actions.reply(message))}>
          {t('chat.reply')}
        </Item>
      )}
      {rights.quote && (
        <Item icon={<TextQuote size={18} />} onClick={then(() => actions.quote(message))}>
          {t('quote.answer')}
        </Item>
      )}
      {rights.forward && (
        <Item icon={<Forward size={18} />} onClick={then(() => actions.forward(message))}>
          {t('quote.forward')}
        </Item>
      )}
      <Item icon={<Link size={18} />} onClick={then(() => actions.copyLink(message))}>
        {t('chat.copy_link')}
      </Item>
      {message.text !== '' && (
        <Item icon={<Copy size={18} />} onClick={then(() => actions.copyText(message))}>
          {t('chat.copy_text')}
        </Item>
      )}
    </>
  )
}

/** What one keeps of it, and who has seen it. */
function KeepItems({ message, actions, rights, row, then }: About) {
  return (
    <>
      {rights.pin && (
        <Item
          icon={message.pin ? <PinOff size={18} /> : <Pin size={18} />}
          onClick={then(() => actions.togglePin(message))}
        >
          {t(message.pin ? 'chat.unpin' : 'chat.pin')}
        </Item>
      )}
      {rights.resolve && (
        <Item
          icon={message.resolved ? <CircleDashed size={18} /> : <CircleCheckBig size={18} />}
          onClick={then(() => actions.toggleResolved(message))}
        >
          {t(message.resolved ? 'thread.reopen' : 'thread.resolve')}
        </Item>
      )}
      {rights.readers && (
        <Item icon={<Eye size={18} />} onClick={then(() => actions.showReaders(message, row()))}>
          {t('reader.title')}
        </Item>
      )}
      {rights.ask &&
        askedOf(message).map((of) => (
          <Item
            key={of}
            icon={<CheckCheck size={18} />}
            onClick={then(() => requestAcknowledgement(message.id, of))}
          >
            {t('acknowledgement.ask')} · {t(`acknowledgement.of_${of}`)}
          </Item>
        ))}
      {rights.markUnread && (
        <Item icon={<Bell size={18} />} onClick={then(() => actions.markUnread(message))}>
          {t('chat.mark_unread')}
        </Item>
      )}
      {rights.save && (
        <Item icon={<Bookmark size={18} />} onClick={then(() => actions.save(message))}>
          {savedMessage(message.id) ? t('chat.unsave') : t('chat.save')}
        </Item>
      )}
      {rights.save && (
        <Item icon={<AlarmClock size={18} />} onClick={then(() => actions.remind(message))}>
          {t('inbox.remind')}
        </Item>
      )}
      {rights.why && (
        <Item icon={<CircleQuestionMark size={18} />} onClick={then(() => actions.why(message))}>
          {t('chat.why_told')}
        </Item>
      )}
    </>
  )
}

/** What only its author, or whoever keeps order, does with it. */
function OwnItems({ message, actions, rights, then }: About) {
  return (
    <>
      {rights.edit && (
        <Item icon={<Pencil size={18} />} onClick={then(() => actions.setEditing(message.id))}>
          {t('chat.edit')}
        </Item>
      )}
      {rights.remove && (
        <Item danger icon={<Trash2 size={18} />} onClick={then(() => actions.remove(message))}>
          {t('common.delete')}
        </Item>
      )}
    </>
  )
}

interface ItemProps {
  icon: ReactNode
  danger?: boolean
  onClick(): void
  children: ReactNode
}

const ITEM = `flex h-12 w-full items-center gap-3 rounded-md px-3 text-left text-lg active:bg-hover
  mouse:h-8 mouse:px-2 mouse:text-base mouse:hover:bg-hover`

function Item({ icon, danger, onClick, children }: ItemProps) {
  return (
    <button type="button" onClick={onClick} className={`${ITEM} ${danger ? 'text-urgent' : ''}`}>
      <span aria-hidden className={danger ? '' : 'text-faint'}>
        {icon}
      </span>
      {children}
    </button>
  )
}
