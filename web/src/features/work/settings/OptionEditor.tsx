// The options of a field to select from: rename, colour, order, archive, remove.

import { Popover } from '@base-ui/react/popover'
import { Plus } from 'lucide-react'
import { t } from '../../../i18n'
import type { Field, FieldOption } from '../../../protocol'
import { Button } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { Input } from '../../../ui/Field'
import { OptionDot } from '../field/kind'
import { FIELD_OPTIONS_MAX, newFieldId } from '../logic/fields'
import { placeBeside, shift } from '../logic/order'
import { TYPE_COLOURS } from '../type'
import { Ends } from './FieldEditor'
import { OrderedLine } from './OrderedLine'

/** Limit: characters of an option's name. */
const NAME_CHARS_MAX = 80

interface Props {
  field: Field
  /** How many tasks have an option, as `field option`. */
  uses: ReadonlyMap<string, number>
  locked: boolean
  onChange: (field: Field) => void
}

export function OptionEditor({ field, uses, locked, onChange }: Props) {
  const options = field.options ?? []
  const change = (next: FieldOption[]) => onChange({ ...field, options: next })
  const set = (next: FieldOption) => change(options.map((one) => (one.id === next.id ? next : one)))
  const add = () => {
    const colour = TYPE_COLOURS[options.length % TYPE_COLOURS.length] ?? 'grey'
    change([...options, { id: newFieldId(), name: '', colour }])
  }
  return (
    <div>
      <ul
        aria-label={t('work.options', { field: field.name })}
        className="rounded-md border border-line bg-canvas"
      >
        {options.map((option, at) => (
          <OrderedLine
            key={option.id}
            kind={`option ${field.id}`}
            id={option.id}
            label={t('work.option_order', { option: option.name })}
            locked={locked}
            onShift={(by) => change([...shift(options, option.id, by)])}
            onPlace={(id, edge) => change([...placeBeside(options, id, option.id, edge)])}
          >
            <Colour
              option={option}
              locked={locked}
              onChange={(colour) => set({ ...option, colour })}
            />
            <Input
              value={option.name}
              disabled={locked}
              maxLength={NAME_CHARS_MAX}
              aria-label={t('work.option_name')}
              placeholder={t('work.option_name')}
              autoFocus={option.name === '' && at === options.length - 1}
              className={cx('min-w-16 flex-1', option.archived && 'text-faint')}
              onChange={(event) => set({ ...option, name: event.target.value })}
              onKeyDown={(event) => {
                if (event.nativeEvent.isComposing || event.key !== 'Enter') return
                event.preventDefault()
                if (option.name.trim() !== '' && options.length < FIELD_OPTIONS_MAX) add()
              }}
            />
            <Ends
              name={option.name}
              archived={option.archived === true}
              isNew={false}
              brief
              count={uses.get(`${field.id} ${option.id}`) ?? 0}
              locked={locked}
              onArchive={(archived) => set({ ...option, archived })}
              onRemove={() => change(options.filter((one) => one.id !== option.id))}
            />
          </OrderedLine>
        ))}
      </ul>
      {!locked && (
        <Button
          size="sm"
          className="mt-2"
          icon={<Plus size={14} aria-hidden />}
          disabled={options.length >= FIELD_OPTIONS_MAX}
          onClick={add}
        >
          {t('work.option_add')}
        </Button>
      )}
    </div>
  )
}

interface ColourProps {
  option: FieldOption
  locked: boolean
  onChange: (colour: FieldOption['colour']) => void
}

function Colour({ option, locked, onChange }: ColourProps) {
  const label = t('work.option_colour', { option: option.name })
  return (
    <Popover.Root>
      <Popover.Trigger
        disabled={locked}
        aria-label={label}
        className="flex size-8 shrink-0 items-center justify-center rounded-md
          enabled:hover:bg-hover"
      >
        <OptionDot colour={option.colour} large />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="start" sideOffset={4} className="z-50">
          <Popover.Popup className="popup flex gap-1 p-2" aria-label={label}>
            {TYPE_COLOURS.map((colour) => (
              <button
                key={colour}
                type="button"
                aria-label={t(`work.colour_${colour}`)}
                aria-pressed={colour === option.colour}
                className={cx(
                  'flex size-8 items-center justify-center rounded-md hover:bg-hover',
                  colour === option.colour && 'bg-active',
                )}
                onClick={() => onChange(colour)}
              >
                <OptionDot colour={colour} large />
              </button>
            ))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
