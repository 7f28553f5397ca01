// A group is made or changed: its name, what is typed after @, where it stands in the tree, and who
// manages it.

import { Network, UsersRound } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { go, groupHref } from '../../app/place'
import { errorText, t } from '../../i18n'
import { createGroup, updateGroup, useGroups } from '../../model/group'
import { discard, Refused } from '../../model/pending'
import { pathOf, withBelow } from '../../model/reach'
import type { Group, GroupKind } from '../../protocol'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Field, Input, Textarea } from '../../ui/Field'
import { Select } from '../../ui/Select'
import { PeopleChoice } from '../roster/PeopleChoice'
import { useUngrouped } from './AddPeople'

interface Props {
  /** The one to change; none makes a new one. */
  group?: Group
  onClose(): void
}

interface Fields {
  kind: GroupKind
  name: string
  handle: string
  description: string
  /** Empty for the top. */
  parent: string
  managers: string[]
}

export function GroupForm({ group, onClose }: Props) {
  const form = useId()
  const { fields, change, error, submit } = useFields(group, onClose)
  const { kind, name, handle, description, parent, managers } = fields
  const at = (field: string) => (error?.field === field ? error.text : undefined)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(group ? 'people.group_edit' : 'people.group_new')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form={form} disabled={name.trim() === ''}>
            {t(group ? 'common.save' : 'people.group_create')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        {!group && <Kind value={kind} onChange={(next) => change({ kind: next })} />}
        <Field label={t('people.group_name')} error={at('name')}>
          <Input
            autoFocus
            autoComplete="off"
            maxLength={80}
            value={name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
        </Field>
        <Field
          label={t('people.group_handle')}
          hint={t(group ? 'settings.handle_hint' : 'people.group_handle_hint')}
          error={at('handle')}
          optional={!group}
        >
          <Input
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={40}
            value={handle}
            onChange={(event) => change({ handle: event.currentTarget.value })}
          />
        </Field>
        {kind === 'department' && (
          <Parent group={group} value={parent} onChange={change} error={at('parent')} />
        )}
        <Field label={t('people.group_description')} error={at('description')} optional>
          <Textarea
            rows={2}
            maxLength={500}
            value={description}
            onChange={(event) => change({ description: event.currentTarget.value })}
          />
        </Field>
        {kind === 'free' && <ManagersField value={managers} onChange={change} />}
        {error && error.field === undefined && (
          <p role="alert" className="text-sm text-urgent">
            {error.text}
          </p>
        )}
      </form>
    </Dialog>
  )
}

function Kind({ value, onChange }: { value: GroupKind; onChange(kind: GroupKind): void }) {
  return (
    <Field label={t('people.group_kind')} hint={t(`people.kind_${value}_hint`)}>
      <Select<GroupKind>
        value={value}
        onChange={onChange}
        options={[
          { value: 'department', label: t('people.kind_department'), icon: <Network size={16} /> },
          { value: 'free', label: t('people.kind_free'), icon: <UsersRound size={16} /> },
        ]}
      />
    </Field>
  )
}

interface ParentProps {
  group: Group | undefined
  value: string
  onChange(changes: Partial<Fields>): void
  error: string | undefined
}

/** Every department but the group itself and those below it. */
function Parent({ group, value, onChange, error }: ParentProps) {
  const groups = useGroups()
  const below = group ? withBelow(groups, group.id) : new Set<string>()
  const able = groups.filter(
    ({ id, kind, archived }) => kind === 'department' && !archived && !below.has(id),
  )
  const label = (each: Group) => [...pathOf(groups, each), each].map(({ name }) => name).join(' / ')
  const options = able
    .map((each) => ({ value: each.id, label: label(each) }))
    .sort((a, b) => a.label.localeCompare(b.label))
  return (
    <Field label={t('people.group_parent')} error={error}>
      <Select
        value={value}
        onChange={(parent) => onChange({ parent })}
        options={[{ value: '', label: t('people.group_top') }, ...options]}
      />
    </Field>
  )
}

interface ManagersProps {
  value: string[]
  onChange(changes: Partial<Fields>): void
}

function ManagersField({ value, onChange }: ManagersProps) {
  const without = useUngrouped(undefined)
  return (
    <PeopleChoice
      label={t('people.managers')}
      hint={t('people.managers_hint')}
      value={value}
      without={without}
      most={20}
      onChange={(managers) => onChange({ managers })}
    />
  )
}

function useFields(group: Group | undefined, onClose: () => void) {
  const [fields, setFields] = useState<Fields>({
    kind: group?.kind ?? 'department',
    name: group?.name ?? '',
    handle: group?.handle ?? '',
    description: group?.description ?? '',
    parent: group?.parent ?? '',
    managers: [...(group?.managers ?? [])],
  })
  const [error, setError] = useState<{ field: string | undefined; text: string }>()
  const change = (changes: Partial<Fields>) => {
    setFields((before) => ({ ...before, ...changes }))
    setError(undefined)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (fields.name.trim() === '') return
    const sent = group ? updateGroup(group.id, changesOf(group, fields)) : createGroup(made(fields))
    try {
      const { id } = await sent.settled
      onClose()
      if (!group && id) go(groupHref(id))
    } catch (failure) {
      if (!(failure instanceof Refused)) throw failure
      discard(sent.requestId)
      setError(explain(failure))
    }
  }
  return { fields, change, error, submit }
}

function made({ kind, name, handle, description, parent, managers }: Fields) {
  return {
    kind,
    name,
    description,
    ...(handle.trim() && { handle }),
    ...(kind === 'department' ? { parent: parent || null } : { managers }),
  }
}

function changesOf(group: Group, { name, handle, description, parent, managers }: Fields) {
  const moved = parent !== (group.parent ?? '')
  return {
    name,
    description,
    handle: handle.trim() || group.handle,
    ...(group.kind === 'department' && moved ? { parent: parent || null } : {}),
    ...(group.kind === 'free' ? { managers } : {}),
  }
}

const SHOWN = ['name', 'handle', 'parent', 'description']

function explain({ failure: { field, code } }: Refused) {
  const isHandle = field === 'handle'
  if (isHandle && code === 'already_exists') return { field, text: t('people.handle_taken') }
  if (isHandle && code === 'invalid') return { field, text: t('settings.handle_hint') }
  const shown = field && SHOWN.includes(field) ? field : undefined
  return { field: shown, text: errorText(code) }
}
