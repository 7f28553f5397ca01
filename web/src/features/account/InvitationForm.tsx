import { useEffect, useState } from 'react'
import { go } from '../../app/place'
import { t } from '../../i18n'
import { acceptInvitation, loadInvitation, type Person } from '../../model/session'
import type { InvitationPreview } from '../../protocol'
import { Button } from '../../ui/Button'
import { checkPerson, explainPerson, FormError, PersonFields } from './person'
import { useForm } from './useForm'

/** Greets somebody who was invited and lets them in. */
export function InvitationForm({ secret }: { secret: string }) {
  const [preview, setPreview] = useState<InvitationPreview | null>()
  useEffect(() => {
    loadInvitation(secret).then(setPreview, () => setPreview(null))
  }, [secret])
  if (preview === undefined) return null
  if (preview === null) return <Gone />
  return <Join secret={secret} preview={preview} />
}

function Gone() {
  return (
    <>
      <h1 className="font-semibold text-xl">{t('account.invitation_gone')}</h1>
      <p className="mt-1 mb-4 text-soft">{t('account.invitation_gone_hint')}</p>
      <Button onClick={() => location.assign('/')}>{t('account.go_sign_in')}</Button>
    </>
  )
}

function Join({ secret, preview }: { secret: string; preview: InvitationPreview }) {
  const [person, setPerson] = useState<Person>({ name: '', email: '', password: '' })
  const form = useForm(
    () => checkPerson(person, preview.password_chars_min),
    async () => {
      await acceptInvitation(secret, person)
      go('/', { replace: true })
    },
    (failure) =>
      failure.code === 'not_found'
        ? { field: 'form', text: t('account.invitation_gone_hint') }
        : explainPerson(failure),
  )
  const names = { inviter: preview.inviter_name, workspace: preview.workspace_name }
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      <div>
        <h1 className="font-semibold text-xl">{t('account.invited_title', names)}</h1>
        <p className="mt-1 text-soft">{t('account.invited_hint')}</p>
      </div>
      <FormError text={form.errors.form} />
      <PersonFields
        value={person}
        onChange={setPerson}
        errors={form.errors}
        passwordMin={preview.password_chars_min}
      />
      <Button type="submit" variant="primary" size="lg" busy={form.busy}>
        {t('account.join')}
      </Button>
    </form>
  )
}
