import { useState } from 'react'
import { t } from '../../i18n'
import { forgotPassword } from '../../model/session'
import { Button } from '../../ui/Button'
import { EmailField, explainPerson, FormError, isAddress } from './person'
import { useForm } from './useForm'

interface Props {
  /** What was typed already. */
  email: string
  onBack(): void
}

/** Mails a link to choose a new password. */
export function ForgotForm({ email: typed, onBack }: Props) {
  const [email, setEmail] = useState(typed)
  const [sent, setSent] = useState(false)
  const form = useForm(
    () => (isAddress(email) ? {} : { email: t('account.email_invalid') }),
    async () => {
      await forgotPassword(email.trim())
      setSent(true)
    },
    explainPerson,
  )
  const back = (
    <Button variant="ghost" onClick={onBack}>
      {t('account.forgot_back')}
    </Button>
  )
  if (sent) {
    return (
      <div className="flex flex-col gap-4" role="status">
        <div>
          <h1 className="font-semibold text-xl">{t('account.forgot_done')}</h1>
          <p className="mt-1 text-soft">{t('account.forgot_done_hint', { email: email.trim() })}</p>
        </div>
        {back}
      </div>
    )
  }
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      <div>
        <h1 className="font-semibold text-xl">{t('account.forgot')}</h1>
        <p className="mt-1 text-soft">{t('account.forgot_hint')}</p>
      </div>
      <FormError text={form.errors.form} />
      <EmailField value={email} onChange={setEmail} error={form.errors.email} autoFocus />
      <Button type="submit" variant="primary" size="lg" busy={form.busy}>
        {t('account.forgot_do')}
      </Button>
      {back}
    </form>
  )
}
