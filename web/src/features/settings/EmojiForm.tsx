// The forms about one emoji of the workspace's own: adding it, and what else it is called.

import { useEffect, useRef, useState } from 'react'
import { errorText, t } from '../../i18n'
import { addEmoji, changeEmoji, type Emoji, nameOfFile } from '../../model/emoji'
import type { Failure } from '../../model/pending'
import { Button } from '../../ui/Button'
import { Field, Input } from '../../ui/Field'
import { toast } from '../../ui/Toast'
import { FormError } from '../account/person'
import { useForm } from '../account/useForm'

/** What is taken; the server looks at the bytes. */
const TYPES = 'image/png,image/jpeg,image/gif,image/webp'

export function NewEmoji({ onMade }: { onMade(): void }) {
  const chooser = useRef<HTMLInputElement>(null)
  const [picture, setPicture] = useState<File>()
  const [name, setName] = useState('')
  const [aliases, setAliases] = useState('')
  const form = useForm(
    () => ({
      ...(!picture && { picture: t('emoji.no_picture') }),
      ...(!name.trim() && { name: t('account.required') }),
    }),
    async () => {
      if (!picture) return
      const made = await addEmoji(bare(name), listed(aliases), picture)
      toast({ title: t('emoji.added', { name: made.name }) })
      onMade()
    },
    said,
  )
  const choose = (file: File | undefined) => {
    if (!file) return
    setPicture(file)
    if (name === '') setName(nameOfFile(file.name))
  }
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      <FormError text={form.errors.form} />
      <div className="flex items-center gap-4">
        <Shown picture={picture} />
        <div className="min-w-0 flex-1">
          <input
            ref={chooser}
            type="file"
            accept={TYPES}
            hidden
            aria-label={t('emoji.choose')}
            onChange={(event) => choose(event.currentTarget.files?.[0])}
          />
          <Button onClick={() => chooser.current?.click()}>{t('emoji.choose')}</Button>
          <p
            className={form.errors.picture ? 'mt-1 text-sm text-urgent' : 'mt-1 text-faint text-sm'}
          >
            {form.errors.picture ?? t('emoji.picture_hint')}
          </p>
        </div>
      </div>
      <Field label={t('emoji.name')} error={form.errors.name}>
        <Input
          value={name}
          maxLength={34}
          placeholder="party_cat"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label={t('emoji.aliases')} hint={t('emoji.aliases_hint')} error={form.errors.aliases}>
        <Input value={aliases} onChange={(event) => setAliases(event.target.value)} />
      </Field>
      <Button type="submit" variant="primary" busy={form.busy} className="self-end">
        {t('emoji.add')}
      </Button>
    </form>
  )
}

export function ChangeEmoji({ emoji, onDone }: { emoji: Emoji; onDone(): void }) {
  const [aliases, setAliases] = useState((emoji.aliases ?? []).join(' '))
  const form = useForm(
    () => ({}),
    async () => {
      await changeEmoji(emoji.id, listed(aliases)).settled
      onDone()
    },
    (failure) => {
      const found = said(failure)
      return found && { ...found, field: 'aliases' }
    },
  )
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      <FormError text={form.errors.form} />
      <Field label={t('emoji.aliases')} hint={t('emoji.aliases_hint')} error={form.errors.aliases}>
        <Input value={aliases} onChange={(event) => setAliases(event.target.value)} />
      </Field>
      <Button type="submit" variant="primary" busy={form.busy} className="self-end">
        {t('common.save')}
      </Button>
    </form>
  )
}

/** Before it is sent, as it will look. */
function Shown({ picture }: { picture: File | undefined }) {
  const [href, setHref] = useState<string>()
  useEffect(() => {
    if (!picture) return
    const made = URL.createObjectURL(picture)
    setHref(made)
    return () => URL.revokeObjectURL(made)
  }, [picture])
  return (
    <span
      className="flex size-16 shrink-0 items-center justify-center overflow-hidden rounded-md border
        bg-sunken"
    >
      {picture && href && <img src={href} alt="" className="size-12 object-contain" />}
    </span>
  )
}

/** What was refused, at the field that it is about. */
function said({ code, field }: Failure): { field: string; text: string } | undefined {
  if (code === 'already_exists') return { field: 'name', text: t('emoji.taken') }
  if (code === 'too_large' || field === 'picture') {
    return { field: 'picture', text: t('emoji.picture_bad') }
  }
  if (code === 'invalid') return { field: field ?? 'name', text: t('emoji.bad_name') }
  return field ? { field, text: errorText(code) } : undefined
}

function bare(name: string): string {
  return name.trim().toLowerCase().replace(/^:|:$/g, '')
}

function listed(aliases: string): string[] {
  const names = aliases.split(/[\s,，、]+/).map(bare)
  return [...new Set(names.filter((name) => name !== ''))]
}
