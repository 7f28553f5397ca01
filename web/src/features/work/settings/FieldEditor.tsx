// The custom fields of a project: rename, describe, order, archive, remove. Nothing is sent until
// saved.

import { Archive, ArchiveRestore, ChevronRight, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { t } from '../../../i18n'
import { changeFields } from '../../../model/field'
import { useTasks } from '../../../model/task'
import type { Field, FieldKind, Project } from '../../../protocol'
import { IconButton } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { Input, Textarea } from '../../../ui/Field'
import { Select } from '../../../ui/Select'
import { KindIcon } from '../field/kind'
import {
  FIELD_KINDS,
  FIELDS_MAX,
  fieldsFault,
  isSelect,
  newFieldId,
  usesOf,
  withKind,
} from '../logic/fields'
import { placeBeside, shift } from '../logic/order'
import type { Edge } from '../useOrder'
import { DraftFoot } from './DraftFoot'
import { OptionEditor } from './OptionEditor'
import { OrderedLine } from './OrderedLine'
import { useDraft } from './useDraft'

/** Limits: characters of a field's name and of its description. */
const NAME_CHARS_MAX = 80
const DESCRIPTION_CHARS_MAX = 500

export function FieldEditor({ project, locked }: { project: Project; locked: boolean }) {
  const saved = project.fields ?? []
  const draft = useDraft(saved, (fields) => changeFields(project.id, [...fields]), '')
  const { items: fields, change } = draft
  const [open, setOpen] = useState<string | null>(null)
  const fault = fieldsFault(fields)
  const { tasks } = useTasks(project.id)
  const uses = useMemo(() => usesOf(tasks), [tasks])
  const add = () => {
    const field: Field = { id: newFieldId(), name: t('work.field_new'), kind: 'text' }
    change([...fields, field])
    setOpen(field.id)
  }
  const set = (next: Field) => change(fields.map((one) => (one.id === next.id ? next : one)))
  return (
    <section aria-label={t('work.fields')}>
      <h2 className="font-semibold text-lg">{t('work.fields')}</h2>
      <p className="mt-1 text-soft text-sm">{t('work.fields_hint')}</p>
      {fields.length > 0 && (
        <ul className="mt-3 rounded-lg border border-line">
          {fields.map((field) => (
            <Lines
              key={field.id}
              field={field}
              isNew={saved.every((one) => one.id !== field.id)}
              open={open === field.id}
              uses={uses}
              locked={locked}
              onOpen={() => setOpen(open === field.id ? null : field.id)}
              onChange={set}
              onShift={(by) => change(shift(fields, field.id, by))}
              onPlace={(id, edge) => change(placeBeside(fields, id, field.id, edge))}
              onRemove={() => change(fields.filter((one) => one.id !== field.id))}
            />
          ))}
        </ul>
      )}
      <DraftFoot
        draft={draft}
        locked={locked}
        add={t('work.field_add')}
        isFull={fields.length >= FIELDS_MAX}
        onAdd={add}
        fault={fault && t(`work.fields_${fault}`)}
      />
    </section>
  )
}

interface LinesProps {
  field: Field
  /** Not saved yet: its kind may change. */
  isNew: boolean
  open: boolean
  /** How many tasks have something of it, and of each of its options. */
  uses: ReadonlyMap<string, number>
  locked: boolean
  onOpen: () => void
  onChange: (field: Field) => void
  onShift: (by: number) => void
  onPlace: (field: string, edge: Edge) => void
  onRemove: () => void
}

function Lines(props: LinesProps) {
  const { field, isNew, open, uses, locked, onChange } = props
  const count = uses.get(field.id) ?? 0
  const name = field.name
  return (
    <>
      <OrderedLine
        kind="field"
        id={field.id}
        label={t('work.field_order', { field: name })}
        locked={locked}
        onShift={props.onShift}
        onPlace={props.onPlace}
      >
        <IconButton
          size="sm"
          label={t('work.field_details', { field: name })}
          aria-expanded={open}
          onClick={props.onOpen}
        >
          <ChevronRight
            size={14}
            aria-hidden
            className={cx('transition-transform', open && 'rotate-90')}
          />
        </IconButton>
        <KindIcon kind={field.kind} size={16} />
        <Input
          value={name}
          disabled={locked}
          maxLength={NAME_CHARS_MAX}
          aria-label={t('work.field_name')}
          className={cx('min-w-32 flex-1', field.archived && 'text-faint')}
          onChange={(event) => onChange({ ...field, name: event.target.value })}
        />
        <Select<FieldKind>
          label={t('work.field_kind')}
          value={field.kind}
          disabled={locked || !isNew}
          className="max-md:flex-1"
          onChange={(kind) => onChange(withKind(field, kind, t('work.option_new')))}
          options={FIELD_KINDS.map((kind) => ({
            value: kind,
            label: t(`work.kind_${kind}`),
            icon: <KindIcon kind={kind} />,
          }))}
        />
        <Ends
          name={name}
          archived={field.archived === true}
          isNew={isNew}
          count={count}
          locked={locked}
          onArchive={(archived) => onChange({ ...field, archived })}
          onRemove={props.onRemove}
        />
      </OrderedLine>
      {open && (
        <li
          className={cx(
            'flex flex-col gap-3 border-line border-b bg-sunken px-4 py-3',
            'last:border-b-0',
          )}
        >
          <Textarea
            value={field.description ?? ''}
            rows={2}
            disabled={locked}
            maxLength={DESCRIPTION_CHARS_MAX}
            aria-label={t('work.field_description')}
            placeholder={t('work.field_description')}
            onChange={(event) => onChange({ ...field, description: event.target.value })}
          />
          {isSelect(field.kind) && (
            <OptionEditor field={field} uses={uses} locked={locked} onChange={onChange} />
          )}
        </li>
      )}
    </>
  )
}

interface EndsProps {
  name: string
  archived: boolean
  /** Not saved yet: nothing is to be kept. */
  isNew: boolean
  /** Tasks that hold it. */
  count: number
  locked: boolean
  /** On a phone there is no room for words. */
  brief?: boolean
  onArchive: (archived: boolean) => void
  onRemove: () => void
}

/** Archives what tasks hold, and removes what none does. */
export function Ends(props: EndsProps) {
  const { name, archived, isNew, count, locked, brief, onArchive, onRemove } = props
  return (
    <>
      <span className={cx('w-16 shrink-0 text-right text-faint text-xs', brief && 'max-md:hidden')}>
        {archived ? t('work.archived') : count > 0 ? t('work.tasks_count', { count }) : null}
      </span>
      {!isNew && (
        <IconButton
          size="sm"
          label={t(archived ? 'work.field_restore' : 'work.field_archive', { field: name })}
          disabled={locked}
          onClick={() => onArchive(!archived)}
        >
          {archived ? <ArchiveRestore size={14} aria-hidden /> : <Archive size={14} aria-hidden />}
        </IconButton>
      )}
      <IconButton
        size="sm"
        label={
          count > 0
            ? t('work.field_remove_used', { count })
            : t('work.field_remove', { field: name })
        }
        disabled={locked || count > 0}
        onClick={onRemove}
      >
        <Trash2 size={14} aria-hidden />
      </IconButton>
    </>
  )
}
