// A new channel: name, who may find it, topic, the project its tasks go to, and who is in it.

import { Hash, Lock } from 'lucide-react'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { useSpaceOfDialog } from '../../../app/dialog'
import { openChannel } from '../../../app/place'
import { errorText, t } from '../../../i18n'
import { createChannel } from '../../../model/channel'
import { useMe } from '../../../model/member'
import { Refused } from '../../../model/pending'
import { Button } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { Dialog } from '../../../ui/Dialog'
import { Field, Input } from '../../../ui/Field'
import { SpaceField } from '../../space/SpaceField'
import { PeopleField } from './PeopleField'
import { ProjectField } from './ProjectField'

interface Props {
  open: boolean
  onOpenChange(open: boolean): void
}

export function CreateChannel({ open, onOpenChange }: Props) {
  const form = useId()
  const [busy, setBusy] = useState(false)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('chat.create_channel')}
      description={t('chat.create_channel_hint')}
      width="md"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form={form} busy={busy}>
            {t('chat.create')}
          </Button>
        </>
      }
    >
      {open && <Form id={form} onBusy={setBusy} onDone={() => onOpenChange(false)} />}
    </Dialog>
  )
}

interface FormProps {
  id: string
  onBusy(busy: boolean): void
  onDone(): void
}

function Form({ id, onBusy, onDone }: FormProps) {
  const me = useMe().id
  const [name, setName] = useState('')
  const [kind, setKind] = useState<'public' | 'private'>('public')
  const [topic, setTopic] = useState('')
  const [project, setProject] = useState<string | null>(null)
  const [members, setMembers] = useState<string[]>([])
  const [space, setSpace] = useState(useSpaceOfDialog())
  const [error, setError] = useState<{ field: string; text: string } | null>(null)
  const [without] = useState(() => [me])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wanted = name.trim().replace(/^#+/, '')
    if (wanted === '') return setError({ field: 'name', text: t('chat.name_missing') })
    onBusy(true)
    try {
      const words = { name: wanted, topic: topic.trim() }
      const sent = createChannel({ ...words, kind, project, space, members })
      await sent.settled
      onDone()
      openChannel(sent.id)
    } catch (failure) {
      if (!(failure instanceof Refused)) throw failure
      const { field, code } = failure.failure
      setError({ field: field ?? '', text: errorText(code) })
    } finally {
      onBusy(false)
    }
  }
  return (
    <form id={id} onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label={t('chat.name')}
        error={error?.field === 'name' || error?.field === '' ? error.text : undefined}
      >
        <Input
          value={name}
          maxLength={80}
          autoFocus
          placeholder={t('chat.name_example')}
          onChange={(event) => {
            setName(event.currentTarget.value)
            setError(null)
          }}
        />
      </Field>
      <SpaceField
        value={space}
        onChange={setSpace}
        error={error?.field === 'space' ? error.text : undefined}
      />
      <div role="radiogroup" aria-label={t('chat.who_sees')} className="grid grid-cols-2 gap-2">
        <Kind
          icon={<Hash size={16} aria-hidden />}
          title={t('chat.public')}
          hint={t('chat.public_hint')}
          chosen={kind === 'public'}
          onChoose={() => setKind('public')}
        />
        <Kind
          icon={<Lock size={16} aria-hidden />}
          title={t('chat.private')}
          hint={t('chat.private_hint')}
          chosen={kind === 'private'}
          onChoose={() => setKind('private')}
        />
      </div>
      <Field
        label={t('chat.topic')}
        optional
        error={error?.field === 'topic' ? error.text : undefined}
      >
        <Input
          value={topic}
          maxLength={500}
          onChange={(event) => setTopic(event.currentTarget.value)}
        />
      </Field>
      <ProjectField value={project} onChange={setProject} />
      <div className="flex flex-col gap-1">
        <span className="font-medium text-sm">
          {t('chat.people')}
          <span className="ml-1.5 font-normal text-faint">{t('common.optional')}</span>
        </span>
        <PeopleField
          label={t('chat.people')}
          value={members}
          onChange={setMembers}
          without={without}
        />
      </div>
    </form>
  )
}

interface KindProps {
  icon: ReactNode
  title: string
  hint: string
  chosen: boolean
  onChoose(): void
}

function Kind({ icon, title, hint, chosen, onChoose }: KindProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a card that is chosen, with words of its own
    <button
      type="button"
      role="radio"
      aria-checked={chosen}
      onClick={onChoose}
      className={cx(
        'flex flex-col gap-0.5 rounded-md border px-3 py-2 text-left',
        chosen ? 'border-accent bg-accent-soft' : 'border-line-strong hover:bg-hover',
      )}
    >
      <span className="flex items-center gap-1.5 font-medium">
        {icon}
        {title}
      </span>
      <span className="text-soft text-sm">{hint}</span>
    </button>
  )
}
