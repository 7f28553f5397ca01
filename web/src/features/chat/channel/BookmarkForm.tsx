// A bookmark is made or changed: its address, and what it is called.

import { type FormEvent, useId, useState } from 'react'
import { errorText, t } from '../../../i18n'
import { Refused } from '../../../model/pending'
import { addBookmark, updateBookmark } from '../../../model/shelf'
import type { Bookmark } from '../../../protocol'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { Field, Input } from '../../../ui/Field'
import { addressOf, titleOf } from './bookmark'

interface Props {
  channel: string
  /** The one to change; none makes a new one. */
  bookmark?: Bookmark | undefined
  onClose(): void
}

export function BookmarkForm({ channel, bookmark, onClose }: Props) {
  const form = useId()
  const [address, setAddress] = useState(bookmark?.url ?? '')
  const [title, setTitle] = useState(bookmark?.title ?? '')
  const [error, setError] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const url = addressOf(address, location.origin)
    if (!url) return setError(t('chat.bookmark_bad'))
    try {
      const name = title.trim() || titleOf(url, location.origin)
      const sent = bookmark
        ? updateBookmark(bookmark, { url, title: name })
        : addBookmark(channel, url, name)
      await sent.settled
      onClose()
    } catch (failure) {
      if (!(failure instanceof Refused)) throw failure
      const { field, code } = failure.failure
      setError(field === 'url' && code === 'invalid' ? t('chat.bookmark_bad') : errorText(code))
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(bookmark ? 'chat.bookmark_edit' : 'chat.bookmark_add')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form={form}>
            {t(bookmark ? 'common.save' : 'chat.add')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label={t('chat.bookmark_address')}
          hint={t('chat.bookmark_hint')}
          error={error ?? undefined}
        >
          <Input
            autoFocus
            inputMode="url"
            autoComplete="off"
            maxLength={2000}
            value={address}
            onChange={(event) => {
              setAddress(event.currentTarget.value)
              setError(null)
            }}
          />
        </Field>
        <Field label={t('chat.bookmark_title')} optional>
          <Input
            autoComplete="off"
            maxLength={80}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
        </Field>
      </form>
    </Dialog>
  )
}
