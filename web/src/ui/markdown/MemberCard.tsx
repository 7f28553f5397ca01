// Who somebody is, in a few lines: for hover cards and pop-overs.

import { MessageSquare } from 'lucide-react'
import { openChannel } from '../../app/place'
import { t } from '../../i18n'
import { wall } from '../../i18n/zone'
import { openDirect } from '../../model/channel'
import { useMe, useMember, useOnline } from '../../model/member'
import { failureText } from '../../model/pending'
import { Avatar } from '../Avatar'
import { Button } from '../Button'
import { toast } from '../Toast'

/** `onDone`: a button was used; close what holds the card. */
export function MemberCard({ id, onDone }: { id: string; onDone?: (() => void) | undefined }) {
  const me = useMe()
  const member = useMember(id)
  const online = useOnline(id)
  const talk = () => {
    onDone?.()
    openDirect([id]).then(
      (channel) => openChannel(channel),
      (error: Error) => toast({ title: failureText(error), kind: 'error' }),
    )
  }
  if (!member) return <p className="text-faint">{t('common.unknown_member')}</p>
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-3">
        <Avatar member={member} size={48} online={member.active ? online : undefined} />
        <div className="min-w-0 flex-1">
          <p className="truncate font-semibold">{member.name}</p>
          <p className="truncate text-faint text-sm">@{member.handle}</p>
        </div>
      </div>
      {member.title && <p className="text-soft text-sm">{member.title}</p>}
      <p className="text-faint text-sm">
        {member.active
          ? t('chat.local_time', { time: timeIn(member.time_zone) })
          : t('common.deactivated')}
      </p>
      {member.active && member.id !== me.id && (
        <Button size="sm" icon={<MessageSquare size={14} aria-hidden />} onClick={talk}>
          {t('chat.message_member')}
        </Button>
      )}
    </div>
  )
}

function timeIn(zone: string): string {
  try {
    return wall(new Date(), zone).time
  } catch {
    return zone
  }
}
