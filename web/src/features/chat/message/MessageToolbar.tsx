// The buttons that appear on the message under the pointer.

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
  Ellipsis,
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
import { t } from '../../../i18n'
import { askedOf, requestAcknowledgement } from '../../../model/acknowledgement'
import type { LocalMessage } from '../../../model/message'
import { savedMessage } from '../../../model/saved'
import { IconButton } from '../../../ui/Button'
import { Menu, MenuItem, MenuLine, MenuSub } from '../../../ui/Menu'
import { LaterItems } from '../../inbox/LaterMenu'
import { remind } from '../../inbox/remind'
import type { Actions, Rights } from './actions'

interface Props {
  message: LocalMessage
  actions: Actions
  /** The row, beside which windows open. */
  row(): Element
  /** The menu is open: the bar must stay. */
  onHold(held: boolean): void
}

export function MessageToolbar({ message, actions, row, onHold }: Props) {
  const rights = actions.rights(message)
  return (
    <div
      className="absolute -top-4 right-4 z-10 flex rounded-md border border-line bg-raised p-0.5
        shadow-card max-md:hidden"
    >
      {rights.react && (
        <IconButton
          size="sm"
          label={t('chat.react')}
          shortcut="+"
          onClick={() => actions.chooseReaction(message, row())}
        >
          <SmilePlus size={16} aria-hidden />
        </IconButton>
      )}
      {rights.reply && (
        <IconButton
          size="sm"
          label={t('chat.reply')}
          shortcut="R"
          onClick={() => actions.reply(message)}
        >
          <MessageSquareReply size={16} aria-hidden />
        </IconButton>
      )}
      {rights.makeTask && (
        <IconButton
          size="sm"
          label={t('chat.make_task')}
          shortcut="T"
          onClick={() => actions.makeTask(message, row())}
        >
          <ListTodo size={16} aria-hidden />
        </IconButton>
      )}
      {rights.readers && (
        <IconButton
          size="sm"
          label={t('reader.title')}
          onClick={() => actions.showReaders(message, row())}
        >
          <Eye size={16} aria-hidden />
        </IconButton>
      )}
      <Menu
        onOpenChange={onHold}
        trigger={
          <IconButton size="sm" label={t('common.more')}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        <MoreItems message={message} actions={actions} rights={rights} />
      </Menu>
    </div>
  )
}

function MoreItems(props: Pick<Props, 'message' | 'actions'> & { rights: Rights }) {
  const { message, actions, rights } = props
  return (
    <>
      <MenuItem icon={<Link size={16} />} shortcut="L" onClick={() => actions.copyLink(message)}>
        {t('chat.copy_link')}
      </MenuItem>
      {rights.quote && (
        <MenuItem
          icon={<TextQuote size={16} />}
          shortcut="Q"
          // The menu goes first, so that it does not take the focus from the composer.
          onClick={() => setTimeout(() => actions.quote(message), 0)}
        >
          {t('quote.answer')}
        </MenuItem>
      )}
      {rights.forward && (
        <MenuItem
          icon={<Forward size={16} />}
          shortcut="F"
          onClick={() => actions.forward(message)}
        >
          {t('quote.forward')}
        </MenuItem>
      )}
      {message.text !== '' && (
        <MenuItem icon={<Copy size={16} />} onClick={() => actions.copyText(message)}>
          {t('chat.copy_text')}
        </MenuItem>
      )}
      {rights.pin && (
        <MenuItem
          icon={message.pin ? <PinOff size={16} /> : <Pin size={16} />}
          shortcut="P"
          onClick={() => actions.togglePin(message)}
        >
          {t(message.pin ? 'chat.unpin' : 'chat.pin')}
        </MenuItem>
      )}
      {rights.resolve && (
        <MenuItem
          icon={message.resolved ? <CircleDashed size={16} /> : <CircleCheckBig size={16} />}
          shortcut="D"
          onClick={() => actions.toggleResolved(message)}
        >
          {t(message.resolved ? 'thread.reopen' : 'thread.resolve')}
        </MenuItem>
      )}
      {rights.ask && (
        <MenuSub icon={<CheckCheck size={16} />} label={t('acknowledgement.ask')}>
          {askedOf(message).map((of) => (
            <MenuItem key={of} onClick={() => requestAcknowledgement(message.id, of)}>
              {t(`acknowledgement.of_${of}`)}
            </MenuItem>
          ))}
        </MenuSub>
      )}
      {rights.makeTask && (
        <MenuItem
          icon={<CircleCheck size={16} />}
          shortcut="X"
          onClick={() => actions.toggleSelected(message)}
        >
          {t('chat.select')}
        </MenuItem>
      )}
      {rights.markUnread && (
        <MenuItem
          icon={<Bell size={16} />}
          shortcut="U"
          onClick={() => actions.markUnread(message)}
        >
          {t('chat.mark_unread')}
        </MenuItem>
      )}
      {rights.save && (
        <MenuItem icon={<Bookmark size={16} />} onClick={() => actions.save(message)}>
          {savedMessage(message.id) ? t('chat.unsave') : t('chat.save')}
        </MenuItem>
      )}
      {rights.save && (
        <MenuSub icon={<AlarmClock size={16} />} label={t('inbox.remind')}>
          <LaterItems onChoose={(at) => remind(message.id, at)} />
          <MenuItem onClick={() => actions.remind(message)}>{t('inbox.remind_pick')}</MenuItem>
        </MenuSub>
      )}
      {rights.why && (
        <MenuItem icon={<CircleQuestionMark size={16} />} onClick={() => actions.why(message)}>
          {t('chat.why_told')}
        </MenuItem>
      )}
      {(rights.edit || rights.remove) && <MenuLine />}
      {rights.edit && (
        <MenuItem
          icon={<Pencil size={16} />}
          shortcut="E"
          onClick={() => actions.setEditing(message.id)}
        >
          {t('chat.edit')}
        </MenuItem>
      )}
      {rights.remove && (
        <MenuItem
          danger
          icon={<Trash2 size={16} />}
          shortcut="Delete"
          onClick={() => actions.remove(message)}
        >
          {t('common.delete')}
        </MenuItem>
      )}
    </>
  )
}
