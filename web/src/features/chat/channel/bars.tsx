// What stands in the composer's place where one cannot write.

import { Archive, Eye } from 'lucide-react'
import { useState } from 'react'
import { rich, t } from '../../../i18n'
import { joinChannel, updateChannel } from '../../../model/channel'
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
      toast({ title: error.message, kind: 'error' })
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

export function ArchivedBar({ channel }: { channel: Channel }) {
  return (
    <div className={bar}>
      <Archive size={16} aria-hidden className="text-faint" />
      <p className="min-w-40 flex-1 text-soft">{t('chat.archived_hint')}</p>
      <Button
        onClick={() =>
          updateChannel(channel.id, { archived: false }).settled.catch((error: Error) =>
            toast({ title: error.message, kind: 'error' }),
          )
        }
      >
        {t('chat.restore')}
      </Button>
    </div>
  )
}
