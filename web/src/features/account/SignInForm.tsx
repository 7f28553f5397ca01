import { useState } from 'react'
import { t } from '../../i18n'
import { signIn } from '../../model/session'
import type { SetupStatus } from '../../protocol'
import { Avatar } from '../../ui/Avatar'
import { Button } from '../../ui/Button'
import { Field } from '../../ui/Field'
import { ForgotForm } from './ForgotForm'
import { EmailField, FormError, isAddress, PasswordInput } from './person'
import { useForm } from './useForm'

type Demo = NonNullable<SetupStatus['demo']>

/** E-mail and password; a demo workspace offers its members. */
interface Props {
  demo: Demo
  /** Whoever forgot their password can be mailed a way back in. */
  mails: boolean
  workspace?: string
}

export function SignInForm({ demo, mails, workspace }: Props) {
  const [forgot, setForgot] = useState(false)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const form = useForm(
    () => ({
      ...(isAddress(email) ? {} : { email: t('account.email_invalid') }),
      ...(password ? {} : { password: t('account.required') }),
    }),
    () => signIn(email.trim(), password),
    ({ code, retryAfterMs }) =>
      code === 'rate_limited' && retryAfterMs
        ? { field: 'form', text: t('account.wait', { count: Math.ceil(retryAfterMs / 1000) }) }
        : undefined,
  )
  if (forgot) return <ForgotForm email={email} onBack={() => setForgot(false)} />
  return (
    <>
      <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
        <h1 className="font-semibold text-xl">
          {workspace ? t('account.sign_in_to', { name: workspace }) : t('account.sign_in_title')}
        </h1>
        <FormError text={form.errors.form} />
        <EmailField value={email} onChange={setEmail} error={form.errors.email} autoFocus />
        <Field label={t('account.password')} error={form.errors.password}>
          <PasswordInput autoComplete="current-password" value={password} onValue={setPassword} />
        </Field>
        <Button type="submit" variant="primary" size="lg" busy={form.busy}>
          {t('account.sign_in')}
        </Button>
        {mails && (
          <Button variant="ghost" onClick={() => setForgot(true)}>
            {t('account.forgot')}
          </Button>
        )}
      </form>
      {demo.length > 0 && <DemoAccounts demo={demo} />}
    </>
  )
}

function DemoAccounts({ demo }: { demo: Demo }) {
  const [busy, setBusy] = useState<string>()
  const [failed, setFailed] = useState('')
  const enter = async (account: Demo[number]) => {
    setBusy(account.email)
    try {
      await signIn(account.email, account.password)
    } catch {
      setFailed(t('errors.unavailable'))
      setBusy(undefined)
    }
  }
  return (
    <section className="mt-6 border-t pt-4">
      <h2 className="font-medium">{t('account.demo')}</h2>
      <p className="mt-0.5 text-faint text-sm">{t('account.demo_hint')}</p>
      <FormError text={failed} />
      <ul className="mt-3 flex flex-col gap-1">
        {demo.map((account) => (
          <li key={account.email}>
            <button
              type="button"
              disabled={busy !== undefined}
              aria-busy={busy === account.email}
              onClick={() => void enter(account)}
              className="flex w-full items-center gap-3 rounded-md px-2 py-1.5 text-left hover:bg-hover disabled:opacity-55"
            >
              <Avatar
                member={{ id: account.email, name: account.name, kind: 'person' }}
                size={32}
              />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{account.name}</span>
                <span className="block truncate text-faint text-xs">{account.email}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
