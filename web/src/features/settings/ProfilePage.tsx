import { useRef, useState } from 'react'
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
      <p className="-mt-3 mb-5 text-soft">{t('settings.profile_hint')}</p>
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
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const upload = async (file: File | undefined) => {
    if (!file) return
    setBusy(true)
    setError('')
    try {
      await uploadAvatar(me.id, await squarePicture(file))
    } catch (failed) {
      const refused = failed instanceof Refused ? failed.failure.code : undefined
      setError(refused ? errorText(refused) : t('settings.picture_failed'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="flex items-center gap-4">
      <Avatar member={me} size={64} />
      <div>
        <div className="flex gap-2">
          <Button busy={busy} onClick={() => input.current?.click()}>
            {t('settings.picture_change')}
          </Button>
          {me.avatar && (
            <Button variant="ghost" onClick={() => updateMember(me.id, { avatar: '' })}>
              {t('settings.picture_remove')}
            </Button>
          )}
        </div>
        <p role={error ? 'alert' : undefined} className="mt-1 text-faint text-sm">
          {error || t('settings.picture_hint')}
        </p>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        aria-label={t('settings.picture')}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          void upload(event.target.files?.[0])
          event.target.value = ''
        }}
      />
    </div>
  )
}
