// Who writes in a channel: everyone in it, or those who manage it alone.

import { useState } from 'react'
import { t } from '../../../i18n'
import { updateChannel } from '../../../model/channel'
import { failureText } from '../../../model/pending'
import type { Channel } from '../../../protocol'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { Switch } from '../../../ui/Field'
import { toast } from '../../../ui/Toast'

interface Props {
  channel: Channel
  onClose(): void
}

export function PostingWindow({ channel, onClose }: Props) {
  const [posting, setPosting] = useState(channel.posting === 'managers')
  const [replying, setReplying] = useState(channel.replying === 'managers')
  const save = () => {
    onClose()
    const rule = (managers: boolean) => (managers ? 'managers' : 'everyone')
    updateChannel(channel.id, {
      posting: rule(posting),
      replying: rule(replying),
    }).settled.catch((error: Error) => toast({ title: failureText(error), kind: 'error' }))
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('chat.posting')}
      description={t('chat.posting_hint')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" onClick={save}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Switch checked={posting} onChange={setPosting} label={t('chat.posting_managers')} />
        <Switch checked={replying} onChange={setReplying} label={t('chat.replying_managers')} />
      </div>
    </Dialog>
  )
}
