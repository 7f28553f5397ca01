import { useState } from 'react'
import { errorText, t } from '../../i18n'
import { formatAgo, formatFull } from '../../i18n/format'
import { endMemberSession, useMemberSessions } from '../../model/admin'
import { failureText } from '../../model/pending'
import type { Member, Session } from '../../protocol'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { toast } from '../../ui/Toast'
import { FormError } from '../account/person'
import { deviceName } from '../settings/device'

interface MemberSessionsProps {
  member: Member
  onClose(): void
}

/** Where a member is signed in, for administrators, who can end that. */
export function MemberSessions({ member, onClose }: MemberSessionsProps) {
  const { items, failure, reload } = useMemberSessions(member.id)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('admin.sessions_title', { name: member.name })}
    >
      <FormError text={failure && errorText(failure.code)} />
      {items?.length === 0 && <p className="text-faint">{t('admin.sessions_empty')}</p>}
      {items && items.length > 0 && (
        <ul className="divide-y divide-line rounded-md border">
          {items.map((session) => (
            <Row key={session.id} member={member.id} session={session} onEnded={reload} />
          ))}
        </ul>
      )}
    </Dialog>
  )
}

interface RowProps {
  member: string
  session: Session
  onEnded(): void
}

function Row({ member, session, onEnded }: RowProps) {
  const [busy, setBusy] = useState(false)
  const end = () => {
    setBusy(true)
    endMemberSession(member, session.id).then(onEnded, (error: Error) => {
      setBusy(false)
      toast({ kind: 'error', title: failureText(error) })
    })
  }
  return (
    <li className="flex min-h-14 items-center gap-3 px-3 py-2">
      <div className="min-w-0 flex-1">
        <div className="truncate">{deviceName(session.user_agent)}</div>
        <div className="text-faint text-sm" title={formatFull(session.last_seen_at)}>
          {t('settings.session_seen', { when: formatAgo(session.last_seen_at) })}
        </div>
      </div>
      <Button size="sm" busy={busy} onClick={end}>
        {t('settings.session_end')}
      </Button>
    </li>
  )
}
