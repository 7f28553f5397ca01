// The first thing in a new workspace: what the team does, and a project and channels that fit.
// Opened after set-up; whoever skips it finds the same in "New project".

import { Building2, Code2, Megaphone, Wrench } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { closeDialog, useDialog } from '../../../app/dialog'
import { openProject } from '../../../app/place'
import { t } from '../../../i18n'
import { useMe } from '../../../model/member'
import { failureText } from '../../../model/pending'
import { begin, channelNames, STARTER_IDS, STARTERS, type StarterId } from '../../../model/starter'
import { Button } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { Dialog } from '../../../ui/Dialog'
import { Field, Input } from '../../../ui/Field'
import { tellMissing } from './missing'

const icons = {
  software: Code2,
  marketing: Megaphone,
  operations: Wrench,
  cross_department: Building2,
}

/** Drawn while `useDialog` names it. */
export function StarterDialog() {
  const dialog = useDialog()
  return dialog?.name === 'starter' ? <StarterForm /> : null
}

function StarterForm() {
  const form = useId()
  const me = useMe()
  const [chosen, setChosen] = useState<StarterId>('software')
  const [own, setOwn] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const starter = STARTERS[chosen]
  const name = own ?? t(`starter.project_${chosen}`)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return
    setBusy(true)
    try {
      const { key } = starter
      const project = { key, name: name.trim(), visibility: 'public', lead: me.id } as const
      const { missing } = await begin(starter, project, true)
      closeDialog()
      openProject(starter.key)
      tellMissing(missing)
    } catch (failure) {
      setError(failureText(failure as Error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && closeDialog()}
      title={t('starter.title')}
      description={t('starter.hint')}
      footer={
        <>
          <Button onClick={closeDialog}>{t('starter.skip')}</Button>
          <Button variant="primary" type="submit" form={form} busy={busy} disabled={!name.trim()}>
            {t('starter.begin')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Choices chosen={chosen} onChoose={setChosen} />
        <Field label={t('starter.project')} error={error}>
          <Input
            value={name}
            maxLength={60}
            autoComplete="off"
            onChange={({ target }) => setOwn(target.value)}
          />
        </Field>
        {name.trim() && (
          <p className="text-faint text-sm">
            {t('starter.makes', { names: namesOf(channelNames(starter, name)) })}
          </p>
        )}
      </form>
    </Dialog>
  )
}

export function namesOf(names: readonly string[]): string {
  return names.map((name) => `#${name}`).join(t('people.comma'))
}

interface ChoicesProps {
  chosen: StarterId
  onChoose(id: StarterId): void
}

function Choices({ chosen, onChoose }: ChoicesProps) {
  return (
    <div
      role="radiogroup"
      aria-label={t('starter.title')}
      className="grid grid-cols-2 gap-2 max-md:grid-cols-1"
    >
      {STARTER_IDS.map((id) => {
        const Icon = icons[id]
        return (
          <label
            key={id}
            className={cx(
              'flex items-start gap-3 rounded-md border p-3',
              'has-focus-visible:outline-2 has-focus-visible:outline-accent',
              chosen === id ? 'border-accent bg-accent-soft' : 'hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name="starter"
              className="sr-only"
              checked={chosen === id}
              onChange={() => onChoose(id)}
            />
            <Icon size={18} aria-hidden className="mt-0.5 shrink-0 text-soft" />
            <span className="min-w-0">
              <span className="block font-medium">{t(`starter.name_${id}`)}</span>
              <span className="block text-soft text-sm">{t(`starter.hint_${id}`)}</span>
            </span>
          </label>
        )
      })}
    </div>
  )
}
