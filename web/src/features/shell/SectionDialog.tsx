// A section of the side bar is made or renamed. A row may go into the new one at once.

import { type FormEvent, useId, useState } from 'react'
import { closeDialog, useDialog } from '../../app/dialog'
import { t } from '../../i18n'
import {
  addSection,
  placeRow,
  renameSection,
  type SideBarRow,
  useSideBar,
} from '../../model/side_bar'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Field, Input } from '../../ui/Field'

/** Drawn while `useDialog` names it; `about` is the section to rename, or the row to put in. */
export function SectionDialog() {
  const dialog = useDialog()
  if (dialog?.name !== 'section') return null
  return <SectionForm about={dialog.about} />
}

function SectionForm({ about }: { about: string | undefined }) {
  const form = useId()
  const [kind, id = ''] = about?.split(':') ?? []
  const { sections } = useSideBar()
  const known = kind === 'section' ? sections.find((each) => each.id === id) : undefined
  const [name, setName] = useState(known?.name ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = name.trim()
    if (!wanted) return
    if (known) renameSection(known.id, wanted)
    else {
      const sent = addSection(wanted)
      if (kind) placeRow(rowOf(kind, id), sent.id)
    }
    closeDialog()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && closeDialog()}
      title={t(known ? 'shell.section_rename' : 'shell.section_new')}
      description={known ? undefined : t('shell.section_hint')}
      width="sm"
      footer={
        <>
          <Button onClick={closeDialog}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form={form} disabled={!name.trim()}>
            {t(known ? 'common.save' : 'shell.section_create')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <Field label={t('shell.section_name')}>
          <Input
            autoFocus
            autoComplete="off"
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
      </form>
    </Dialog>
  )
}

function rowOf(kind: string, id: string): SideBarRow {
  return kind === 'project' ? { project: id } : { channel: id }
}
