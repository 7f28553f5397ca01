// How what the reader missed reaches them by mail.

import { useState } from 'react'
import { errorText, t } from '../../i18n'
import { formatWhen } from '../../i18n/format'
import { type MailDigest, type MailStatus, sendTestMail, useMailStatus } from '../../model/mail'
import { useMe } from '../../model/member'
import { type Failure, Refused } from '../../model/pending'
import { changePreferences, usePreferences } from '../../model/preference'
import { Button } from '../../ui/Button'
import { Field } from '../../ui/Field'
import { Select } from '../../ui/Select'
import { Clock } from './NotificationsPage'
import { Part } from './Part'

const CHOICES: readonly MailDigest[] = ['soon', 'hourly', 'daily', 'off']
const NINE = 9 * 60

export function MailPart() {
  const { mail, failure, reload } = useMailStatus()
  const address = mail?.address
  const hint = address ? t('settings.mail_hint', { address }) : t('settings.mail_hint_nowhere')
  return (
    <Part title={t('settings.mail')} hint={hint}>
      {failure && (
        <p role="alert" className="text-sm text-soft">
          {errorText(failure.code)}
        </p>
      )}
      {mail && !mail.configured && (
        <p className="text-sm text-soft">{t('settings.mail_missing')}</p>
      )}
      {mail?.configured && <When mail={mail} reload={reload} />}
    </Part>
  )
}

interface WhenProps {
  mail: MailStatus
  reload(): void
}

function When({ mail: { refused_at, address = '' }, reload }: WhenProps) {
  const { mail = 'soon', mail_minutes: minutes = NINE } = usePreferences()
  const zone = useMe().time_zone.replaceAll('_', ' ')
  return (
    <div className="flex max-w-md flex-col gap-3">
      {refused_at && (
        <p role="alert" className="text-urgent text-sm">
          {t('settings.mail_refused', { when: formatWhen(refused_at) })}
        </p>
      )}
      <Field label={t('settings.mail_when')}>
        <Select<MailDigest>
          value={mail}
          onChange={(next) => changePreferences({ mail: next })}
          options={CHOICES.map((value) => ({ value, label: t(`settings.mail_${value}`) }))}
        />
      </Field>
      {mail === 'daily' && (
        <Field label={t('settings.mail_at', { zone })}>
          <Clock minutes={minutes} onChange={(next) => changePreferences({ mail_minutes: next })} />
        </Field>
      )}
      <TestMail address={address ?? ''} onDone={reload} />
    </div>
  )
}

interface TestMailProps {
  address: string
  onDone(): void
}

/** Sends one, and says what the mail server made of it. */
export function TestMail({ address, onDone }: TestMailProps) {
  const [busy, setBusy] = useState(false)
  const [sent, setSent] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const send = async () => {
    setBusy(true)
    setSent(false)
    setFailure(undefined)
    try {
      await sendTestMail()
      setSent(true)
    } catch (error) {
      if (error instanceof Refused) setFailure(error.failure)
    }
    setBusy(false)
    onDone()
  }
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Button busy={busy} onClick={() => void send()}>
        {t('settings.mail_test')}
      </Button>
      <p role="status" className="text-sm text-soft">
        {sent && t('settings.mail_test_sent', { address })}
        {failure && errorText(failure.code)}
      </p>
    </div>
  )
}
