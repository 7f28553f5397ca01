import { useState } from 'react'
import { errorText, t } from '../../i18n'
import { renameWorkspace, useWorkspace } from '../../model/member'
import { hideReaders } from '../../model/reader'
import { Button } from '../../ui/Button'
import { Field, Input, Switch } from '../../ui/Field'
import { toast } from '../../ui/Toast'
import { FormError } from '../account/person'
import { useForm } from '../account/useForm'
import { DefaultChannels } from './DefaultChannels'
import { LogoPart } from './LogoPart'
import { MailServerPart } from './MailServerPart'

/** The organisation itself. */
export function WorkspacePage() {
  const workspace = useWorkspace()
  const [name, setName] = useState(workspace.name)
  const form = useForm(
    () => (name.trim() ? {} : { name: t('account.required') }),
    async () => {
      await renameWorkspace(name.trim()).settled
      toast({ title: t('settings.saved') })
    },
    ({ code, field }) => (field ? { field: 'name', text: errorText(code) } : undefined),
  )
  return (
    <>
      <LogoPart />
      <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
        <FormError text={form.errors.form} />
        <Field label={t('settings.workspace_name')} error={form.errors.name}>
          <Input value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
        </Field>
        <div>
          <Button type="submit" variant="primary" busy={form.busy}>
            {t('common.save')}
          </Button>
        </div>
      </form>
      <div className="mt-8 border-t pt-5">
        <Switch
          label={t('reader.setting')}
          checked={!workspace.hides_readers}
          onChange={(shown) => hideReaders(!shown)}
        />
        <p className="mt-1 text-faint text-sm">{t('reader.setting_hint')}</p>
      </div>
      <DefaultChannels />
      <MailServerPart />
    </>
  )
}
