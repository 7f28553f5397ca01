import { useState } from 'react'
import { errorText, t } from '../../i18n'
import { formatAgo, formatFull } from '../../i18n/format'
import { changePassword, endSession, useSessions } from '../../model/admin'
import { usePolicy } from '../../model/policy'
import { useEmail } from '../../model/session'
import type { Session } from '../../protocol'
import { Button } from '../../ui/Button'
import { Field } from '../../ui/Field'
import { toast } from '../../ui/Toast'
import { FormError, PasswordInput, passwordRule } from '../account/person'
import { useForm } from '../account/useForm'
import { deviceName } from './device'
import { Part } from './Part'

/** Password and the devices that are signed in. */
export function SecurityPage() {
  const email = useEmail()
  return (
    <>
      {email && <p className="mb-5 text-soft lg:-mt-4">{email}</p>}
      <PasswordPart />
      <SessionsPart />
    </>
  )
}

function PasswordPart() {
  const { password_chars_min: min } = usePolicy()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const form = useForm(
    () => ({
      ...(current ? {} : { current: t('account.required') }),
      ...([...next].length >= min ? {} : { next: passwordRule(min) }),
    }),
    async () => {
      await changePassword(current, next)
      setCurrent('')
      setNext('')
      toast({ title: t('settings.password_changed') })
    },
    ({ code, field }) => {
      if (code === 'wrong_credentials') {
        return { field: 'current', text: t('settings.password_wrong') }
      }
      return code === 'invalid' || field ? { field: 'next', text: passwordRule(min) } : undefined
    },
  )
  return (
    <Part title={t('settings.password')}>
      <form noValidate onSubmit={form.submit} className="flex max-w-sm flex-col gap-4">
        <FormError text={form.errors.form} />
        <Field label={t('settings.password_current')} error={form.errors.current}>
          <PasswordInput autoComplete="current-password" value={current} onValue={setCurrent} />
        </Field>
        <Field label={t('settings.password_new')} hint={passwordRule(min)} error={form.errors.next}>
          <PasswordInput autoComplete="new-password" value={next} onValue={setNext} />
        </Field>
        <div>
          <Button type="submit" busy={form.busy}>
            {t('settings.password_change')}
          </Button>
        </div>
      </form>
    </Part>
  )
}

function SessionsPart() {
  const { items, failure, reload } = useSessions()
  return (
    <Part title={t('settings.sessions')}>
      <FormError text={failure && errorText(failure.code)} />
      <ul className="divide-y divide-line rounded-md border">
        {items?.map((session) => (
          <SessionRow key={session.id} session={session} onEnded={reload} />
        ))}
      </ul>
    </Part>
  )
}

function SessionRow({ session, onEnded }: { session: Session; onEnded(): void }) {
  const [busy, setBusy] = useState(false)
  const end = () => {
    setBusy(true)
    endSession(session.id).then(onEnded, () => {
      setBusy(false)
      toast({ kind: 'error', title: t('shell.refused') })
    })
  }
  return (
    <li className="flex min-h-14 items-center gap-3 px-3 py-2">
      <div className="min-w-0 flex-1">
        <div className="truncate">{deviceName(session.user_agent)}</div>
        <div className="text-faint text-sm" title={formatFull(session.last_seen_at)}>
          {session.current
            ? t('settings.session_current')
            : t('settings.session_seen', { when: formatAgo(session.last_seen_at) })}
        </div>
      </div>
      {!session.current && (
        <Button size="sm" busy={busy} onClick={end}>
          {t('settings.session_end')}
        </Button>
      )}
    </li>
  )
}
