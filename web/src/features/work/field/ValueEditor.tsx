// Edits one value of a custom field in place: in the pane of a task, and of one that is being made.

import { ExternalLink, Pencil } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { t } from '../../../i18n'
import { useDraft } from '../../../model/draft'
import { useMe, useMember } from '../../../model/member'
import { useProjectMembers } from '../../../model/project'
import type { Field, FieldValue } from '../../../protocol'
import { Avatar } from '../../../ui/Avatar'
import { IconButton } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { Checkbox } from '../../../ui/Field'
import { chosenOf, optionsFor, shortLink, typedValue } from '../logic/fields'
import { dueWords, MemberPicker, StartPicker } from '../pickers'
import { PickerButton, PickerList } from '../pickers/Picker'
import { OptionChip, OptionDot } from './kind'
import { numberText } from './value'

const VALUE = 'min-h-8 w-full gap-2 px-2 py-1 text-sm disabled:opacity-100'

export interface ValueProps {
  field: Field
  /** Of that kind; undefined for nothing. */
  value: FieldValue | undefined
  locked?: boolean
  /** Null: nothing. */
  onChange: (value: FieldValue | null) => void
  project: string
  /** Key of a draft: what is typed and is no value is kept there when the screen closes. */
  draft?: string
  /** Part of a form: hears at every key whether there is a value, and undefined where there is
   *  none; `onChange` says what is chosen. */
  onTyped?: (value: FieldValue | null | undefined) => void
}

export function ValueEditor(props: ValueProps) {
  switch (props.field.kind) {
    case 'text':
    case 'number':
      return <Typed {...props} />
    case 'link':
      return props.onTyped ? <Typed {...props} /> : <Address {...props} />
    case 'date':
      return <Day {...props} />
    case 'person':
      return <Person {...props} />
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
function Typed(props: TypedProps) {
  const { field, value, locked, focused = false } = props
  const { text, isWrong, type, end, cancel } = useTypedValue(props)
  const note = useId()
  const kept =
    typeof value === 'number' ? numberText(value) : typeof value === 'string' ? value : ''
  return (
    <>
      <input
        value={text ?? kept}
        inputMode={INPUT_MODES[field.kind as TypedKind]}
        aria-label={field.name}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? note : undefined}
        placeholder={t('work.field_empty')}
        disabled={locked}
        // biome-ignore lint/a11y/noAutofocus: the reader pressed the button that edits it
        autoFocus={focused}
        className={cx(
          'h-8 w-full truncate rounded-md bg-transparent px-2 text-sm enabled:hover:bg-hover',
          'focus:bg-transparent',
          isWrong && 'text-urgent',
        )}
        onChange={(event) => type(event.target.value)}
        onBlur={end}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') {
            event.preventDefault()
            event.currentTarget.blur()
          }
          if (event.key === 'Escape') {
            event.stopPropagation()
            cancel()
          }
        }}
      />
      {isWrong && (
        <p id={note} role="alert" className="px-2 pb-1 text-urgent text-xs">
          {t(`work.field_wrong_${field.kind as TypedKind}`)}
        </p>
      )}
    </>
  )
}

type TypedKind = 'text' | 'number' | 'link'

const INPUT_MODES = { text: 'text', number: 'decimal', link: 'url' } as const

/** What is being typed, until it is a value: saved when the field is left, also with its screen;
 *  what is none waits in the draft, and says so when it is seen again. */
function useTypedValue(props: TypedProps) {
  const { field, value: before, locked, onChange, onTyped, onEnd, draft } = props
  const [unsaved, setUnsaved] = useDraft(draft ?? '')
  const [text, setText] = useState<string | null>(draft && unsaved ? unsaved : null)
  const [told, setTold] = useState(text !== null)
  const read = (typed: string | null) =>
    typed === null ? undefined : typedValue(field.kind, typed)
  const change = (typed: string | null) => {
    setText(typed)
    if (draft) setUnsaved(typed !== null && read(typed) === undefined ? typed : '')
    onTyped?.(typed === null ? (before ?? null) : read(typed))
  }
  // Read from the disk once the page was open.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what comes from there
  useEffect(() => {
    if (!draft || unsaved === '' || text !== null) return
    setText(unsaved)
    setTold(true)
  }, [unsaved])
  const value = read(text)
  const isWrong = text !== null && value === undefined
  const save = () => {
    if (!onTyped && !locked && value !== undefined) onChange(value)
  }
  const atEnd = useRef(save)
  useEffect(() => {
    atEnd.current = save
  })
  useEffect(() => () => atEnd.current(), [])
  const cancel = () => {
    // The field may go with it, before it is drawn without the text.
    atEnd.current = () => {}
    change(null)
    setTold(false)
    onEnd?.()
  }
  const end = () => {
    if (isWrong) return setTold(true)
    save()
    // A form has heard of it already.
    if (!onTyped) cancel()
  }
  return { text, isWrong: told && isWrong, type: change, end, cancel }
}

function Address(props: ValueProps) {
  const { field, value, locked, draft } = props
  const [edits, setEdits] = useState<'pressed' | 'unsaved' | null>(null)
  const [unsaved] = useDraft(draft ?? '')
  // What is none keeps the field there until its end, also while it becomes one.
  if (draft && unsaved !== '' && !edits) setEdits('unsaved')
  if (typeof value !== 'string' || edits)
    return <Typed {...props} focused={edits === 'pressed'} onEnd={() => setEdits(null)} />
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
          onClick={() => setEdits('pressed')}
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

function Person({ field, value, locked, onChange, project }: ValueProps) {
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

function Check({ field, value, locked, onChange }: ValueProps) {
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
