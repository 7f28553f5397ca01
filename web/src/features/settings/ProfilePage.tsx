import { useState } from 'react'
import { errorText, t } from '../../i18n'
import { uploadAvatar } from '../../model/admin'
import { updateMember, useMe } from '../../model/member'
import { Refused } from '../../model/pending'
import { Avatar } from '../../ui/Avatar'
import { Button } from '../../ui/Button'
import { Field, Input } from '../../ui/Field'
import { toast } from '../../ui/Toast'
import { FormError } from '../account/person'
import { useForm } from '../account/useForm'
import { HoursPart } from './HoursPart'
import { PicturePart } from './PicturePart'
import { squarePicture } from './picture'
import { ZoneSelect } from './ZoneSelect'

/** What others see of the reader. */
export function ProfilePage() {
  const me = useMe()
  const [name, setName] = useState(me.name)
  const [handle, setHandle] = useState(me.handle)
  const [title, setTitle] = useState(me.title ?? '')
  const [zone, setZone] = useState(me.time_zone)
  const form = useForm(
    () => (name.trim() ? {} : { name: t('account.required') }),
    async () => {
      await updateMember(me.id, {
        name: name.trim(),
        handle: handle.trim(),
        title: title.trim(),
        time_zone: zone,
      }).settled
      toast({ title: t('settings.saved') })
    },
    ({ code, field }) => {
      if (code === 'already_exists') return { field: 'handle', text: t('settings.handle_taken') }
      return field ? { field, text: errorText(code) } : undefined
    },
  )
  return (
    <>
      <p className="mb-5 text-soft lg:-mt-4">{t('settings.profile_hint')}</p>
      <Picture />
      <form noValidate onSubmit={form.submit} className="mt-6 flex flex-col gap-4">
        <FormError text={form.errors.form} />
        <Field label={t('settings.name')} error={form.errors.name}>
          <Input value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={t('settings.about')} hint={t('settings.about_hint')} optional>
          <Input value={title} maxLength={80} onChange={(event) => setTitle(event.target.value)} />
        </Field>
        <Field
          label={t('settings.handle')}
          hint={t('settings.handle_hint')}
          error={form.errors.handle}
        >
          <Input
            value={handle}
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => setHandle(event.target.value.toLowerCase())}
          />
        </Field>
        <Field
          label={t('settings.time_zone')}
          hint={t('settings.time_zone_hint')}
          error={form.errors.time_zone}
        >
          <ZoneSelect value={zone} onChange={setZone} />
        </Field>
        <div>
          <Button type="submit" variant="primary" busy={form.busy}>
            {t('common.save')}
          </Button>
        </div>
      </form>
      <div className="mt-8">
        <HoursPart />
      </div>
    </>
  )
}

function Picture() {
  const me = useMe()
  return (
    <PicturePart
      picture={<Avatar member={me} size={64} />}
      label={t('settings.picture')}
      change={t('settings.picture_change')}
      hint={t('settings.picture_hint')}
      onChoose={async (file) => uploadAvatar(me.id, await squarePicture(file))}
      onRemove={me.avatar ? () => updateMember(me.id, { avatar: '' }).settled : undefined}
      explain={(failed) =>
        failed instanceof Refused ? errorText(failed.failure.code) : t('settings.picture_failed')
      }
    />
  )
}
