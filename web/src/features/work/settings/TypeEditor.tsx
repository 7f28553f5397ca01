// The types of a project's tasks: rename, add, order, remove into another. Nothing is sent until
// saved.

import { Popover } from '@base-ui/react/popover'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../i18n'
import { changeTypes, typeName, typesOf } from '../../../model/task_type'
import type { Project, TaskType } from '../../../protocol'
import { IconButton } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { Input } from '../../../ui/Field'
import { placeBeside, shift } from '../logic/order'
import { newTypeId, TYPES_MAX, typesFault, withoutType } from '../logic/types'
import { PickerList } from '../pickers/Picker'
import { TYPE_COLOURS, TYPE_ICONS, TypeIconMark } from '../type'
import type { Edge } from '../useOrder'
import { DraftFoot } from './DraftFoot'
import { OrderedLine } from './OrderedLine'
import { useDraft } from './useDraft'

/** Limit: characters of a type's name. */
const NAME_CHARS_MAX = 80

export function TypeEditor({ project, locked }: { project: Project; locked: boolean }) {
  const send = (types: readonly TaskType[]) =>
    changeTypes(
      project.id,
      types.map((type) => ({ ...type, name: type.name?.trim() })),
    )
  const draft = useDraft(typesOf(project), send, t('work.types_changed'))
  const { items: types, change } = draft
  const fault = typesFault(types, (type) => type.name ?? typeName(type))
  const add = () => {
    const id = newTypeId(types)
    change([...types, { id, name: t('work.type_new'), icon: 'flag', colour: 'grey' }])
  }
  return (
    <section aria-label={t('work.types')}>
      <h2 className="font-semibold text-lg">{t('work.types')}</h2>
      <p className="mt-1 text-soft text-sm">{t('work.types_hint')}</p>
      <ul className="mt-3 rounded-lg border border-line">
        {types.map((type) => (
          <Line
            key={type.id}
            type={type}
            others={types.filter((other) => other !== type)}
            locked={locked}
            onChange={(next) => change(types.map((one) => (one.id === type.id ? next : one)))}
            onShift={(by) => change(shift(types, type.id, by))}
            onPlace={(id, edge) => change(placeBeside(types, id, type.id, edge))}
            onRemove={(into) => change(withoutType(types, type.id, into))}
          />
        ))}
      </ul>
      <DraftFoot
        draft={draft}
        locked={locked}
        add={t('work.type_add')}
        isFull={types.length >= TYPES_MAX}
        onAdd={add}
        fault={fault && t(`work.types_${fault}`)}
      />
    </section>
  )
}

interface LineProps {
  type: TaskType
  others: readonly TaskType[]
  locked: boolean
  onChange: (type: TaskType) => void
  onShift: (by: number) => void
  onPlace: (type: string, edge: Edge) => void
  onRemove: (into: string) => void
}

function Line(props: LineProps) {
  const { type, others, locked, onChange, onShift, onPlace } = props
  const name = type.name ?? typeName(type)
  return (
    <OrderedLine
      kind="type"
      id={type.id}
      label={t('work.type_order', { type: name })}
      locked={locked}
      onShift={onShift}
      onPlace={onPlace}
    >
      <Look type={type} name={name} locked={locked} onChange={onChange} />
      <Input
        value={name}
        disabled={locked}
        maxLength={NAME_CHARS_MAX}
        aria-label={t('work.type_name')}
        className="min-w-32 flex-1"
        onChange={(event) => onChange({ ...type, name: event.target.value })}
      />
      <Removal {...props} name={name} others={others} />
    </OrderedLine>
  )
}

interface LookProps {
  type: TaskType
  name: string
  locked: boolean
  onChange: (type: TaskType) => void
}

/** Icon and colour. */
function Look({ type, name, locked, onChange }: LookProps) {
  const cell = 'flex size-8 items-center justify-center rounded-md hover:bg-hover'
  return (
    <Popover.Root>
      <Popover.Trigger
        disabled={locked}
        aria-label={t('work.type_look', { type: name })}
        className="flex size-8 shrink-0 items-center justify-center rounded-md border border-line
          enabled:hover:border-line-strong"
      >
        <TypeIconMark type={type} size={16} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="start" sideOffset={4} className="z-50">
          <Popover.Popup
            className="popup w-60 p-2"
            aria-label={t('work.type_look', { type: name })}
          >
            <fieldset className="grid grid-cols-5 gap-1">
              <legend className="mb-1 text-faint text-xs">{t('work.icon')}</legend>
              {TYPE_ICONS.map((icon) => (
                <button
                  key={icon}
                  type="button"
                  aria-label={t(`work.icon_${icon}`)}
                  aria-pressed={icon === type.icon}
                  className={cx(cell, icon === type.icon && 'bg-active')}
                  onClick={() => onChange({ ...type, icon })}
                >
                  <TypeIconMark type={{ icon, colour: type.colour }} size={16} />
                </button>
              ))}
            </fieldset>
            <fieldset className="mt-2 grid grid-cols-6 gap-1">
              <legend className="mb-1 text-faint text-xs">{t('work.colour')}</legend>
              {TYPE_COLOURS.map((colour) => (
                <button
                  key={colour}
                  type="button"
                  aria-label={t(`work.colour_${colour}`)}
                  aria-pressed={colour === type.colour}
                  className={cx(cell, colour === type.colour && 'bg-active')}
                  onClick={() => onChange({ ...type, colour })}
                >
                  <TypeIconMark type={{ icon: type.icon, colour }} size={16} />
                </button>
              ))}
            </fieldset>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** Asks which type takes the tasks. */
function Removal({
  name,
  others,
  locked,
  onRemove,
}: Pick<LineProps, 'others' | 'locked' | 'onRemove'> & { name: string }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  return (
    <>
      <IconButton
        size="sm"
        label={t('work.type_remove', { type: name })}
        disabled={locked || others.length === 0}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <Trash2 size={14} aria-hidden />
      </IconButton>
      {anchor && (
        <PickerList
          anchor={anchor}
          label={t('work.type_remove_into')}
          options={others.map((type) => ({
            value: type.id,
            text: type.name ?? typeName(type),
            icon: <TypeIconMark type={type} />,
          }))}
          value={[]}
          onChange={([into]) => into && onRemove(into)}
          onClose={() => setAnchor(null)}
        />
      )}
    </>
  )
}
