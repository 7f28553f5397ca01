// Opens a conversation with one or a few people.

import { useState } from 'react'
import { openChannel } from '../../../app/place'
import { t } from '../../../i18n'
import { openDirect } from '../../../model/channel'
import { useMe } from '../../../model/member'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { PeopleField } from './PeopleField'

/** Limit: others in one direct channel, besides oneself. */
const OTHERS_MAX = 8

interface Props {
  open: boolean
  onOpenChange(open: boolean): void
}

export function NewDirect({ open, onOpenChange }: Props) {
  const me = useMe().id
  const [people, setPeople] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [without] = useState(() => [me])
  const change = (shown: boolean) => {
    if (!shown) {
      setPeople([])
      setError(null)
    }
    onOpenChange(shown)
  }
  const start = async () => {
    if (people.length === 0 || busy) return
    setBusy(true)
    try {
      const channel = await openDirect(people)
      change(false)
      openChannel(channel)
    } catch (failure) {
      setError((failure as Error).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={t('chat.new_direct')}
      description={t('chat.new_direct_hint', { count: OTHERS_MAX })}
      width="sm"
      footer={
        <>
          <Button onClick={() => change(false)}>{t('common.cancel')}</Button>
          <Button variant="primary" disabled={people.length === 0} busy={busy} onClick={start}>
            {t('chat.start')}
          </Button>
        </>
      }
    >
      <PeopleField
        autoFocus
        label={t('chat.people')}
        value={people}
        onChange={setPeople}
        without={without}
        most={OTHERS_MAX}
        onEnter={start}
      />
      {error && (
        <p role="alert" className="mt-2 text-sm text-urgent">
          {error}
        </p>
      )}
    </Dialog>
  )
}
