// Who somebody is, in a few lines: for hover cards and pop-overs.

import { MessageSquare } from 'lucide-react'
import { openChannel } from '../../app/place'
import { t } from '../../i18n'
import { wall } from '../../i18n/zone'
import { openDirect } from '../../model/channel'
import { useMe, useMember, useOnline } from '../../model/member'
import { failureText } from '../../model/pending'
import { isWorking, statusOf } from '../../model/status'
import type { Member } from '../../protocol'
import { Avatar } from '../Avatar'
import { Button } from '../Button'
import { statusEnd } from '../StatusMark'
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
      {member.active && <StatusLine member={member} />}
      <p className="text-faint text-sm">
        {member.active ? hoursText(member, new Date()) : t('common.deactivated')}
      </p>
      {member.active && member.id !== me.id && (
        <Button size="sm" icon={<MessageSquare size={14} aria-hidden />} onClick={talk}>
          {t('chat.message_member')}
        </Button>
      )}
    </div>
  )
}

function StatusLine({ member }: { member: Member }) {
  const status = statusOf(member)
  if (!status) return null
  return (
    <div className="text-sm">
      <p className="break-words">
        {status.emoji && `${status.emoji} `}
        {status.text}
      </p>
      {status.until && <p className="text-faint">{statusEnd(status.until)}</p>}
    </div>
  )
}

function hoursText(member: Member, now: Date): string {
  const time = timeIn(member.time_zone)
  const { working_hours: hours } = member
  if (!hours) return t('chat.local_time', { time })
  const working = isWorking(hours, member.time_zone, now)
  return t(working ? 'status.working' : 'status.not_working', { time })
}

function timeIn(zone: string): string {
  try {
    return wall(new Date(), zone).time
  } catch {
    return zone
  }
}
