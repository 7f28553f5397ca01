// A space is made or changed: its name, its emoji, who sees it, who is in it at first, and who
// manages it.

import { Globe, Lock, Smile } from 'lucide-react'
import { type FormEvent, Suspense, useId, useState } from 'react'
import { go, spaceHref } from '../../app/place'
import { errorText, t } from '../../i18n'
import { useMe, useMembers } from '../../model/member'
import { discard, Refused } from '../../model/pending'
import { createSpace, updateSpace, useSpaceMembers } from '../../model/space'
import type { Space, SpaceKind } from '../../protocol'
import { Button, IconButton } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Field, Input, Textarea } from '../../ui/Field'
import { lazily } from '../../ui/lazily'
import { Popover } from '../../ui/Popover'
import { Select } from '../../ui/Select'
import { PeopleChoice } from '../roster/PeopleChoice'

const EmojiPicker = lazily(async () => (await import('../chat/emoji/EmojiPicker')).default)

/** Limits: characters of a name and of a description; people added at once; managers. */
const NAME_CHARS_MAX = 80
const DESCRIPTION_CHARS_MAX = 500
const MEMBERS_MAX = 100
const MANAGERS_MAX = 20

interface Props {
  /** The one to change; none makes a new one. */
  space?: Space
  onClose(): void
}

interface Fields {
  name: string
  icon: string
  description: string
  kind: SpaceKind
  /** Of a new one: who is in it at first; of another: who manages it. */
  people: string[]
}

export function SpaceForm({ space, onClose }: Props) {
  const form = useId()
  const { fields, change, error, submit } = useFields(space, onClose)
  const { name, icon, description, kind, people } = fields
  const at = (field: string) => (error?.field === field ? error.text : undefined)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(space ? 'space.edit' : 'space.new')}
      description={space ? undefined : t('space.new_hint')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form={form} disabled={name.trim() === ''}>
            {t(space ? 'common.save' : 'space.create')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <div className="flex items-end gap-2">
          <IconChoice value={icon} onChange={(next) => change({ icon: next })} />
          <div className="min-w-0 flex-1">
            <Field label={t('space.name')} error={at('name')}>
              <Input
                autoFocus
                autoComplete="off"
                maxLength={NAME_CHARS_MAX}
                value={name}
                onChange={(event) => change({ name: event.currentTarget.value })}
              />
            </Field>
          </div>
        </div>
        {!space && (
          <Field label={t('space.kind')} hint={t(`space.kind_${kind}_hint`)}>
            <Select<SpaceKind>
              value={kind}
              onChange={(next) => change({ kind: next })}
              options={[
                { value: 'open', label: t('space.kind_open'), icon: <Globe size={16} /> },
                { value: 'closed', label: t('space.kind_closed'), icon: <Lock size={16} /> },
              ]}
            />
          </Field>
        )}
        <Field label={t('space.description')} error={at('description')} optional>
          <Textarea
            rows={2}
            maxLength={DESCRIPTION_CHARS_MAX}
            value={description}
            onChange={(event) => change({ description: event.currentTarget.value })}
          />
        </Field>
        {space ? (
          <Managers space={space} value={people} onChange={(next) => change({ people: next })} />
        ) : (
          <First value={people} onChange={(next) => change({ people: next })} />
        )}
        {error && error.field === undefined && (
          <p role="alert" className="text-sm text-urgent">
            {error.text}
          </p>
        )}
      </form>
    </Dialog>
  )
}

function IconChoice({ value, onChange }: { value: string; onChange(icon: string): void }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label={t('space.icon')}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <IconButton
          label={t('space.icon')}
          className="border border-line-strong finger:my-0! finger:size-10"
        >
          {value ? <span className="text-lg leading-none">{value}</span> : <Smile size={16} />}
        </IconButton>
      }
    >
      <Suspense fallback={null}>
        <EmojiPicker
          onPick={(emoji) => {
            onChange(emoji)
            setOpen(false)
          }}
        />
      </Suspense>
      {value && (
        <div className="border-t p-2">
          <Button
            size="sm"
            onClick={() => {
              onChange('')
              setOpen(false)
            }}
          >
            {t('space.icon_remove')}
          </Button>
        </div>
      )}
    </Popover>
  )
}

interface ChoiceProps {
  value: string[]
  onChange(people: string[]): void
}

function First({ value, onChange }: ChoiceProps) {
  const without = usePeopleWithout(useMe().id)
  return (
    <PeopleChoice
      label={t('space.people')}
      value={value}
      without={without}
      most={MEMBERS_MAX}
      onChange={onChange}
    />
  )
}

/** Bots, and one more. */
function usePeopleWithout(id: string): string[] {
  return useMembers().flatMap((member) =>
    member.kind === 'bot' || member.id === id ? [member.id] : [],
  )
}

/** People in the space, guests aside. */
function Managers({ space, value, onChange }: ChoiceProps & { space: Space }) {
  const inside = useSpaceMembers(space.id)
  const without = useMembers().flatMap(({ id, role }) => {
    const able = inside?.includes(id) && role !== 'guest' && id !== space.created_by
    return able || value.includes(id) ? [] : [id]
  })
  return (
    <PeopleChoice
      label={t('space.managers')}
      hint={t('space.managers_hint')}
      value={value}
      without={without}
      most={MANAGERS_MAX}
      onChange={onChange}
    />
  )
}

function useFields(space: Space | undefined, onClose: () => void) {
  const [fields, setFields] = useState<Fields>({
    name: space?.name ?? '',
    icon: space?.icon ?? '',
    description: space?.description ?? '',
    kind: space?.kind ?? 'open',
    people: [...(space?.managers ?? [])],
  })
  const [error, setError] = useState<{ field: string | undefined; text: string }>()
  const change = (changes: Partial<Fields>) => {
    setFields((before) => ({ ...before, ...changes }))
    setError(undefined)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (fields.name.trim() === '') return
    const { people, kind, ...words } = fields
    const sent = space
      ? updateSpace(space.id, { ...words, managers: people })
      : createSpace({ ...words, kind, members: people })
    try {
      const { id } = await sent.settled
      onClose()
      if (!space && id) go(spaceHref(id))
    } catch (failure) {
      if (!(failure instanceof Refused)) throw failure
      discard(sent.requestId)
      const { field, code } = failure.failure
      const shown = field === 'name' || field === 'description' ? field : undefined
      setError({ field: shown, text: errorText(code) })
    }
  }
  return { fields, change, error, submit }
}
