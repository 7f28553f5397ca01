// The custom fields of a task, each edited in place.

import { ExternalLink, Pencil, X } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { t } from '../../../i18n'
import { setValue } from '../../../model/field'
import { useMe, useMember } from '../../../model/member'
import { useProjectMembers } from '../../../model/project'
import type { LocalTask } from '../../../model/task'
import type { Field, FieldValue, Project } from '../../../protocol'
import { Avatar } from '../../../ui/Avatar'
import { IconButton } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { Checkbox } from '../../../ui/Field'
import { OptionChip, OptionDot } from '../field/kind'
import { numberText } from '../field/value'
import { chosenOf, fieldsFor, optionsFor, shortLink, typedValue } from '../logic/fields'
import { dueWords, MemberPicker, StartPicker } from '../pickers'
import { PickerButton, PickerList } from '../pickers/Picker'

const VALUE = 'min-h-8 w-full gap-2 px-2 py-1 text-sm disabled:opacity-100'

interface Props {
  task: LocalTask
  project: Project
  /** Nothing of the task can be changed. */
  locked: boolean
}

export function CustomFields({ task, project, locked }: Props) {
  const fields = fieldsFor(project.fields, task)
  if (fields.length === 0) return null
  return (
    <section aria-label={t('work.fields')} className="my-3 border-b border-line pb-2">
      {fields.map((field) => (
        <Line key={field.id} field={field} task={task} project={project} taskLocked={locked} />
      ))}
    </section>
  )
}

interface ValueProps {
  field: Field
  /** Of that kind; undefined for nothing. */
  value: FieldValue | undefined
  locked: boolean
  onChange: (value: FieldValue | null) => void
}

interface LineProps {
  field: Field
  task: LocalTask
  project: Project
  taskLocked: boolean
}

function Line({ field, task, project, taskLocked }: LineProps) {
  const value = task.fields?.[field.id]
  const locked = field.archived === true || taskLocked
  const onChange = (next: FieldValue | null) => {
    if (!same(next, value)) setValue(task.id, field.id, next)
  }
  // What is typed can be emptied where it is, and a check unchecked.
  const isChosen = ['date', 'person', 'select', 'multi_select', 'link'].includes(field.kind)
  const clears = value !== undefined && !taskLocked && (isChosen || field.archived)
  return (
    <div className="group/line flex min-h-8 items-start">
      <span
        className="w-22 shrink-0 truncate py-1.5 pr-2 text-faint text-sm"
        title={[field.name, field.description].filter(Boolean).join('\n')}
      >
        {field.name}
      </span>
      <div className="min-w-0 flex-1">
        <Value field={field} value={value} locked={locked} onChange={onChange} project={project} />
        {field.archived && <p className="px-2 text-faint text-xs">{t('work.field_archived')}</p>}
      </div>
      {clears && (
        <IconButton
          size="sm"
          label={t('work.field_clear', { field: field.name })}
          className="mt-1 shrink-0 text-faint pointer-fine:not-focus-visible:opacity-0
            pointer-fine:group-hover/line:opacity-100"
          onClick={() => onChange(null)}
        >
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  )
}

function same(one: FieldValue | null | undefined, other: FieldValue | undefined): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}

function Value({ project, ...props }: ValueProps & { project: Project }) {
  switch (props.field.kind) {
    case 'text':
    case 'number':
      return <Typed {...props} />
    case 'link':
      return <Address {...props} />
    case 'date':
      return <Day {...props} />
    case 'person':
      return <Person {...props} project={project.id} />
    case 'select':
    case 'multi_select':
      return <Choice {...props} />
    case 'check':
      return <Check {...props} />
  }
}

function Nothing() {
  return <span className="text-faint">{t('work.field_empty')}</span>
}

interface TypedProps extends ValueProps {
  focused?: boolean
  onEnd?: () => void
}

/** A line that is typed. What is no value stays as it was typed, with the reason below. */
function Typed({ field, value, locked, onChange, focused = false, onEnd }: TypedProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const note = useId()
  const isNumber = field.kind === 'number'
  const kept =
    typeof value === 'number' ? numberText(value) : typeof value === 'string' ? value : ''
  const typed = draft === null ? undefined : typedValue(field.kind, draft)
  const isWrong = draft !== null && typed === undefined
  const [told, setTold] = useState(false)
  const end = () => {
    if (isWrong) return setTold(true)
    if (draft !== null && typed !== undefined) onChange(typed)
    cancel()
  }
  const cancel = () => {
    setDraft(null)
    setTold(false)
    onEnd?.()
  }
  const isShown = told && isWrong
  return (
    <>
      <input
        value={draft ?? kept}
        inputMode={isNumber ? 'decimal' : field.kind === 'link' ? 'url' : 'text'}
        aria-label={field.name}
        aria-invalid={isShown}
        aria-describedby={isShown ? note : undefined}
        placeholder={t('work.field_empty')}
        disabled={locked}
        // biome-ignore lint/a11y/noAutofocus: the reader pressed the button that edits it
        autoFocus={focused}
        className={cx(
          'h-8 w-full truncate rounded-md bg-transparent px-2 text-sm enabled:hover:bg-hover',
          'focus:bg-transparent',
          isShown && 'text-urgent',
        )}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={end}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'Escape') {
            event.stopPropagation()
            cancel()
          }
        }}
      />
      {isShown && (
        <p id={note} role="alert" className="px-2 pb-1 text-urgent text-xs">
          {t(`work.field_wrong_${field.kind as 'text' | 'number' | 'link'}`)}
        </p>
      )}
    </>
  )
}

function Address(props: ValueProps) {
  const { field, value, locked } = props
  const [edits, setEdits] = useState(false)
  if (typeof value !== 'string' || edits)
    return <Typed {...props} focused={edits} onEnd={() => setEdits(false)} />
  return (
    <div className="flex min-h-8 min-w-0 items-center gap-1">
      <a
        href={value}
        target="_blank"
        rel="noopener noreferrer nofollow"
        title={value}
        className="flex min-w-0 items-center gap-1.5 rounded-md px-2 py-1 text-accent-ink text-sm
          hover:underline"
      >
        <span className="truncate">{shortLink(value)}</span>
        <ExternalLink size={14} aria-hidden className="shrink-0" />
      </a>
      {!locked && (
        <IconButton
          size="sm"
          label={t('work.field_edit', { field: field.name })}
          className="shrink-0 text-faint"
          onClick={() => setEdits(true)}
        >
          <Pencil size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  )
}

function Day({ field, value, locked, onChange }: ValueProps) {
  const zone = useMe().time_zone
  const day = typeof value === 'string' ? value : null
  return (
    <StartPicker
      label={field.name}
      clear={t('work.field_clear', { field: field.name })}
      value={day}
      disabled={locked}
      onChange={onChange}
      className={VALUE}
    >
      {day ? <span>{dueWords(day, zone)}</span> : <Nothing />}
    </StartPicker>
  )
}

function Person({ field, value, locked, onChange, project }: ValueProps & { project: string }) {
  const first = useProjectMembers(project)
  const id = typeof value === 'string' ? value : undefined
  const member = useMember(id)
  return (
    <MemberPicker
      label={field.name}
      value={id ? [id] : []}
      first={first}
      disabled={locked}
      onChange={([chosen]) => onChange(chosen ?? null)}
      className={VALUE}
    >
      {id ? (
        <>
          <Avatar member={member} size={20} />
          <span className="truncate">{member?.name ?? t('common.unknown_member')}</span>
        </>
      ) : (
        <Nothing />
      )}
    </MemberPicker>
  )
}

/** One of the options, or several. */
function Choice({ field, value, locked, onChange }: ValueProps) {
  const options = optionsFor(field, value)
  const chosen = chosenOf(value)
  const multiple = field.kind === 'multi_select'
  return (
    <PickerButton
      label={field.name}
      disabled={locked}
      className={cx(VALUE, 'flex-wrap gap-1')}
      popup={(anchor, close) => (
        <PickerList
          anchor={anchor}
          label={field.name}
          multiple={multiple}
          options={options.map(({ id, name, colour }) => ({
            value: id,
            text: name,
            icon: <OptionDot colour={colour} />,
          }))}
          value={chosen}
          onChange={(next) => onChange(multiple ? next : (next[0] ?? null))}
          onClose={close}
        />
      )}
    >
      {options
        .filter(({ id }) => chosen.includes(id))
        .map((option) => (
          <OptionChip key={option.id} option={option} />
        ))}
      {chosen.length === 0 && <Nothing />}
    </PickerButton>
  )
}

function Check({ field, value, locked, onChange }: ValueProps): ReactNode {
  return (
    <div className="flex h-8 items-center px-2">
      <Checkbox
        checked={value === true}
        disabled={locked}
        label={field.name}
        labelHidden
        onChange={onChange}
      />
    </div>
  )
}
