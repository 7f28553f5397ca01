import { useState } from 'react'
import { openDialog } from '../../app/dialog'
import { t } from '../../i18n'
import { type Person, setUp } from '../../model/session'
import { Button } from '../../ui/Button'
import { Field, Input } from '../../ui/Field'
import { checkPerson, explainPerson, FormError, PersonFields } from './person'
import { useForm } from './useForm'

/** First run: the workspace and its owner. */
export function SetupForm() {
  const [workspace, setWorkspace] = useState('')
  const [person, setPerson] = useState<Person>({ name: '', email: '', password: '' })
  const form = useForm(
    () => ({
      ...(workspace.trim() ? {} : { workspace: t('account.required') }),
      ...checkPerson(person),
    }),
    async () => {
      await setUp(workspace.trim(), person)
      openDialog('starter')
    },
    (failure) =>
      failure.field?.startsWith('workspace')
        ? { field: 'workspace', text: t('errors.invalid') }
        : explainPerson(failure),
  )
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      <div>
        <h1 className="font-semibold text-xl">{t('account.setup_title')}</h1>
        <p className="mt-1 text-soft">{t('account.setup_hint')}</p>
      </div>
      <FormError text={form.errors.form} />
      <Field
        label={t('account.workspace_name')}
        hint={t('account.workspace_name_hint')}
        error={form.errors.workspace}
      >
        <Input
          autoComplete="organization"
          autoFocus
          value={workspace}
          onChange={(event) => setWorkspace(event.target.value)}
        />
      </Field>
      <PersonFields value={person} onChange={setPerson} errors={form.errors} />
      <Button type="submit" variant="primary" size="lg" busy={form.busy}>
        {t('account.setup_action')}
      </Button>
    </form>
  )
}
