// A new project: name, a key that follows from it until somebody writes another, who sees it, its
// states to begin with, and who is in it.

import { Lock, Users } from 'lucide-react'
import { type FormEvent, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { useSpaceOfDialog } from '../../../app/dialog'
import { openProject } from '../../../app/place'
import { errorText, language, t } from '../../../i18n'
import { useMe, useMembers } from '../../../model/member'
import { discard, Refused } from '../../../model/pending'
import { createProject, useProjects } from '../../../model/project'
import {
  begin,
  channelNames,
  isStarter,
  STARTER_IDS,
  STARTERS,
  type StarterId,
  stateNames,
} from '../../../model/starter'
import type { CommandOf, Project } from '../../../protocol'
import { AvatarStack } from '../../../ui/Avatar'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { Checkbox, Field, Input } from '../../../ui/Field'
import { Select } from '../../../ui/Select'
import { loadPinyin } from '../../palette/pinyin'
import { SpaceField } from '../../space/SpaceField'
import { cleanKey, PROJECT_KEY, suggestKey } from '../logic/key'
import { MemberPicker } from '../pickers'
import { tellMissing } from './missing'
import { namesOf } from './StarterDialog'

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Limit: characters of a name. */
const NAME_CHARS_MAX = 80

export function CreateProject({ open, onOpenChange }: Props) {
  return open && <Window onClose={() => onOpenChange(false)} />
}

type Template = (CommandOf<'create_project'>['template'] & string) | StarterId
type Visibility = Project['visibility']

function Window({ onClose }: { onClose: () => void }) {
  const form = useId()
  const first = useRef<HTMLInputElement>(null)
  const project = useNewProject(useMe().id, onClose)
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('work.project_new')}
      description={t('work.project_new_hint')}
      initialFocus={first}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={!project.ready}
            busy={project.busy}
          >
            {t('work.project_create')}
          </Button>
        </>
      }
    >
      <Form id={form} first={first} project={project} />
    </Dialog>
  )
}

interface FormProps {
  id: string
  /** The field that has the focus at first. */
  first: RefObject<HTMLInputElement | null>
  project: ReturnType<typeof useNewProject>
}

function Form({ id, first, project }: FormProps) {
  const { fields, change, key, error, keyError } = project
  const { name, visibility, template, members, channels } = fields
  const starter = isStarter(template) ? STARTERS[template] : undefined
  return (
    <form id={id} className="flex flex-col gap-4" onSubmit={project.make}>
      <Field label={t('work.name')} error={error?.field === 'name' ? error.text : undefined}>
        <Input
          ref={first}
          value={name}
          maxLength={NAME_CHARS_MAX}
          placeholder={t('work.name_hint')}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <Field
        label={t('work.key')}
        hint={t('work.key_hint', { key: key || 'ENG' })}
        error={keyError ?? (error?.field === 'key' ? error.text : undefined)}
      >
        <Input
          value={key}
          className="max-w-40 font-mono"
          autoCapitalize="characters"
          spellCheck={false}
          onChange={(event) => change({ ownKey: cleanKey(event.target.value) })}
        />
      </Field>
      <SpaceField value={fields.space} onChange={(next) => change({ space: next })} />
      <Field label={t('work.visibility')} hint={t(`work.visibility_${visibility}_hint`)}>
        <Select<Visibility>
          value={visibility}
          onChange={(next) => change({ visibility: next })}
          options={[
            { value: 'public', label: t('work.visibility_public'), icon: <Users size={16} /> },
            { value: 'private', label: t('work.visibility_private'), icon: <Lock size={16} /> },
          ]}
        />
      </Field>
      <Field label={t('work.template')} hint={templateHint(template)}>
        <Select<Template>
          value={template}
          // Those of a trade come with their channels unless one takes them off.
          onChange={(next) => change({ template: next, channels: !isBuiltIn(next) })}
          options={TEMPLATES.map((value) => ({ value, label: templateName(value) }))}
        />
      </Field>
      {starter && name.trim() !== '' && (
        <Checkbox
          label={t('starter.channels', { names: namesOf(channelNames(starter, name)) })}
          checked={channels}
          onChange={(next) => change({ channels: next })}
        />
      )}
      <People value={members} onChange={(next) => change({ members: next })} />
      {error && error.field !== 'name' && error.field !== 'key' && (
        <p role="alert" className="text-sm text-urgent">
          {error.text}
        </p>
      )}
    </form>
  )
}

interface Fields {
  name: string
  /** Written by hand; null while it follows from the name. */
  ownKey: string | null
  visibility: Visibility
  template: Template
  /** Those of the template, too. */
  channels: boolean
  members: string[]
  space: string | null
}

const EMPTY: Fields = {
  name: '',
  ownKey: null,
  visibility: 'public',
  template: 'software',
  channels: false,
  members: [],
  space: null,
}

/** What is chosen, what is wrong with it, and making the project of it. */
function useNewProject(me: string, onClose: () => void) {
  const taken = new Set(useProjects().map((project) => project.key))
  const [fields, setFields] = useState({ ...EMPTY, space: useSpaceOfDialog() })
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<{ field: string | undefined; text: string } | null>(null)
  const [, setSounds] = useState(false)
  useEffect(() => {
    loadPinyin().then(() => setSounds(true))
  }, [])
  const { name, ownKey, visibility, template, members, channels, space } = fields
  const key = ownKey ?? suggestKey(name, taken)
  const isAllowed = PROJECT_KEY.test(key)
  const ruleBroken = ownKey !== null && !isAllowed ? t('work.key_rule') : undefined
  const keyError = taken.has(key) ? t('work.key_taken') : ruleBroken
  const ready = name.trim() !== '' && isAllowed && !keyError
  const make = async (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    setBusy(true)
    setError(null)
    try {
      const project = { key, name: name.trim(), visibility, lead: me, members, space }
      const { missing } = await makeProject(project, template, channels)
      onClose()
      openProject(key)
      tellMissing(missing)
    } catch (failure) {
      if (!(failure instanceof Refused)) throw failure
      setError({
        field: failure.failure.field ?? undefined,
        text: errorText(failure.failure.code),
      })
    } finally {
      setBusy(false)
    }
  }
  const change = (changes: Partial<Fields>) => setFields({ ...fields, ...changes })
  return { fields, change, key, keyError, error, busy, ready, make }
}

type NewProject = Parameters<typeof begin>[1]

async function makeProject(project: NewProject, template: Template, channels: boolean) {
  if (isStarter(template)) return begin(STARTERS[template], project, channels)
  const sent = createProject({ ...project, template, language: language() })
  try {
    await sent.settled
  } catch (failure) {
    discard(sent.requestId)
    throw failure
  }
  return { missing: [] }
}

const TEMPLATES: readonly Template[] = ['software', 'simple', ...STARTER_IDS.slice(1)]

function isBuiltIn(template: Template): boolean {
  return template === 'software' || template === 'simple'
}

function templateName(template: Template): string {
  if (template === 'software' || template === 'simple') return t(`work.template_${template}`)
  return t(`starter.name_${template}`)
}

function templateHint(template: Template): string {
  if (template === 'software' || template === 'simple') return t(`work.template_${template}_hint`)
  return t('work.template_hint', { states: stateNames(STARTERS[template]).join(t('people.comma')) })
}

interface PeopleProps {
  value: string[]
  onChange: (members: string[]) => void
}

function People({ value, onChange }: PeopleProps) {
  const me = useMe().id
  const chosen = useMembers().filter((member) => value.includes(member.id))
  return (
    <div className="flex flex-col gap-1">
      <span className="font-medium text-sm">{t('work.people')}</span>
      <MemberPicker
        label={t('work.people')}
        multiple
        value={value}
        without={[me]}
        onChange={onChange}
        className="h-8 w-full gap-2 border border-line-strong bg-raised px-2.5 finger:h-10"
      >
        {chosen.length === 0 ? (
          <span className="text-faint">{t('work.people_choose')}</span>
        ) : (
          <>
            <AvatarStack members={chosen} size={20} max={6} />
            <span className="truncate">{chosen.map((member) => member.name).join(', ')}</span>
          </>
        )}
      </MemberPicker>
    </div>
  )
}
