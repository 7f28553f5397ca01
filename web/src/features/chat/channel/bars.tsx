// What stands in the composer's place where one cannot write.

import { Archive, Eye, Megaphone } from 'lucide-react'
import { useState } from 'react'
import { rich, t } from '../../../i18n'
import { formatList } from '../../../i18n/format'
import {
  canManage,
  isManager,
  joinChannel,
  updateChannel,
  useChannelMembers,
} from '../../../model/channel'
import { useMe, useMembers } from '../../../model/member'
import { failureText } from '../../../model/pending'
import type { Channel } from '../../../protocol'
import { Button } from '../../../ui/Button'
import { toast } from '../../../ui/Toast'

const bar =
  'mb-5 flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-sunken px-4 py-2.5'

/** A public channel that one only looks at. */
export function JoinBar({ channel }: { channel: Channel }) {
  const [busy, setBusy] = useState(false)
  const join = () => {
    setBusy(true)
    joinChannel(channel.id).settled.catch((error: Error) => {
      setBusy(false)
      toast({ title: failureText(error), kind: 'error' })
    })
  }
  return (
    <div className={bar}>
      <Eye size={16} aria-hidden className="text-faint" />
      <p className="min-w-40 flex-1 text-soft">
        {rich('chat.looking_at', { where: <b className="font-semibold">#{channel.name}</b> })}
      </p>
      <Button variant="primary" busy={busy} onClick={join}>
        {t('chat.join')}
      </Button>
    </div>
  )
}

/** Limit: managers named where one cannot write. */
const NAMED_MAX = 3

/** Only managers write here; says who they are. */
export function ManagersBar({ channel, isReply }: { channel: Channel; isReply?: boolean }) {
  const here = useChannelMembers(channel.id)
  const managers = useMembers().filter(
    (member) => member.active && here?.includes(member.id) && isManager(channel, member),
  )
  const names = managers.slice(0, NAMED_MAX).map(({ name }) => name)
  const who = formatList(managers.length > NAMED_MAX ? [...names, '…'] : names)
  return (
    <div className={bar}>
      <Megaphone size={16} aria-hidden className="text-faint" />
      <p className="min-w-40 flex-1 text-soft">
        {t(isReply ? 'chat.managers_reply' : 'chat.managers_post')}
        {names.length > 0 && ` ${t('chat.managers_are', { who })}`}
        {!isReply && channel.replying !== 'managers' && ` ${t('chat.managers_threads')}`}
      </p>
    </div>
  )
}

/** Restored by those who manage the channel. */
export function ArchivedBar({ channel }: { channel: Channel }) {
  const manages = canManage(channel, useMe())
  const restore = () =>
    updateChannel(channel.id, { archived: false }).settled.catch((error: Error) =>
      toast({ title: failureText(error), kind: 'error' }),
    )
  return (
    <div className={bar}>
      <Archive size={16} aria-hidden className="text-faint" />
      <p className="min-w-40 flex-1 text-soft">{t('chat.archived_hint')}</p>
      {manages && <Button onClick={restore}>{t('chat.restore')}</Button>}
    </div>
  )
}
