// Who has read a message of one's own, and who has not, beside the message.

import { errorText, t } from '../../../i18n'
import type { LocalMessage } from '../../../model/message'
import { useReaders } from '../../../model/reader'
import { Popover } from '../../../ui/Popover'
import { Skeleton } from '../../../ui/Skeleton'
import { People, Person, Scroll } from './People'

interface Props {
  message: LocalMessage
  anchor: Element
  onClose(): void
}

export function Readers({ message, anchor, onClose }: Props) {
  const { read, unread, failure } = useReaders(message.channel ?? '', message.id)
  return (
    <Popover
      open
      onOpenChange={(shown) => !shown && onClose()}
      anchor={anchor}
      label={t('reader.title')}
      className="w-72"
    >
      {failure && (
        <p role="alert" className="p-4">
          {failure.code === 'limit_reached' ? t('reader.too_many') : errorText(failure.code)}
        </p>
      )}
      {!read && !failure && <Skeleton className="m-4 h-5" />}
      {read && (
        <Scroll label={t('reader.title')} className="max-h-96">
          <People title={t('reader.read', { count: read.length })}>
            {read.map((member) => (
              <Person key={member.id} member={member} />
            ))}
          </People>
          <People title={t('reader.unread', { count: unread.length })}>
            {unread.map((member) => (
              <Person key={member.id} member={member} />
            ))}
          </People>
        </Scroll>
      )}
    </Popover>
  )
}
