import { useEffect, useState } from 'react'
import { go } from '../../app/place'
import { t } from '../../i18n'
import { loadReset, resetPassword } from '../../model/session'
import type { PasswordReset } from '../../protocol'
import { Button } from '../../ui/Button'
import { Field } from '../../ui/Field'
import { explainPerson, FormError, PasswordInput, passwordRule } from './person'
import { useForm } from './useForm'

/** Where the mail leads to whoever forgot their password. */
export function ResetForm({ secret }: { secret: string }) {
  const [reset, setReset] = useState<PasswordReset | null>()
  useEffect(() => {
    loadReset(secret).then(setReset, () => setReset(null))
  }, [secret])
  if (reset === undefined) return null
  if (reset === null) return <Gone />
  return <NewPassword secret={secret} reset={reset} onGone={() => setReset(null)} />
}

function Gone() {
  return (
    <>
      <h1 className="font-semibold text-xl">{t('account.reset_gone')}</h1>
      <p className="mt-1 mb-4 text-soft">{t('account.reset_gone_hint')}</p>
      <Button onClick={() => location.assign('/')}>{t('account.go_sign_in')}</Button>
    </>
  )
}

interface NewPasswordProps {
  secret: string
  reset: PasswordReset
  onGone(): void
}

function NewPassword({ secret, reset, onGone }: NewPasswordProps) {
  const [password, setPassword] = useState('')
  const { password_chars_min: min } = reset
  const form = useForm(
    () => ([...password].length < min ? { password: passwordRule(min) } : {}),
    async () => {
      await resetPassword(secret, password)
      go('/', { replace: true })
    },
    (failure) => {
      if (failure.code === 'not_found') onGone()
      return explainPerson(failure)
    },
  )
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      <div>
        <h1 className="font-semibold text-xl">{t('account.reset_title', { name: reset.name })}</h1>
        <p className="mt-1 text-soft">
          {reset.workspace_name} · {t('account.reset_hint')}
        </p>
      </div>
      <FormError text={form.errors.form} />
      <Field label={t('account.password')} hint={passwordRule(min)} error={form.errors.password}>
        <PasswordInput autoComplete="new-password" value={password} onValue={setPassword} />
      </Field>
      <Button type="submit" variant="primary" size="lg" busy={form.busy}>
        {t('account.reset_do')}
      </Button>
    </form>
  )
}
