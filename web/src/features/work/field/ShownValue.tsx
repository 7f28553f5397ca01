// Values of custom fields where they are only read: in the columns of a list and on cards. They
// subscribe to nothing: thousands may be on a screen.

import { SquareCheck } from 'lucide-react'
import type { Field, FieldValue, Task } from '../../../protocol'
import { chosenOf, shortLink, type ValueNames, valueText } from '../logic/fields'
import { OptionDot } from './kind'
import type { ShownFields } from './shown'

interface ValueProps {
  field: Field
  value: FieldValue
  names: ValueNames
}

function Value({ field, value, names }: ValueProps) {
  switch (field.kind) {
    case 'select':
    case 'multi_select':
      return (
        <span className="flex min-w-0 items-center gap-1.5 overflow-hidden">
          {chosenOf(value).map((id) => {
            const option = field.options?.find((one) => one.id === id)
            return (
              <span key={id} className="flex min-w-0 items-center gap-1">
                {option && <OptionDot colour={option.colour} />}
                <span className="truncate">{option?.name ?? id}</span>
              </span>
            )
          })}
        </span>
      )
    case 'check':
      return <SquareCheck size={14} aria-hidden className="shrink-0" />
    case 'link':
      return <span className="truncate">{shortLink(String(value))}</span>
    default:
      return <span className="truncate">{valueText(field, value, names)}</span>
  }
}

function titleOf({ field, value, names }: ValueProps): string {
  return [field.name, valueText(field, value, names)].filter(Boolean).join(': ')
}

interface Props {
  task: Task
  shown: ShownFields
}

/** On a card: those of which the task has something, each with its name. */
export function CardFields({ task, shown: { fields, names } }: Props) {
  const had = fields.filter(({ id }) => task.fields?.[id] !== undefined)
  if (had.length === 0) return null
  return (
    <dl className="flex flex-wrap gap-x-3 gap-y-0.5 text-soft text-xs">
      {had.map((field) => {
        const props = { field, value: task.fields?.[field.id] as FieldValue, names }
        return (
          <div
            key={field.id}
            title={titleOf(props)}
            className="flex min-w-0 max-w-full items-center gap-1"
          >
            <dt className="max-w-24 shrink-0 truncate text-faint">{field.name}</dt>
            <dd className="flex min-w-0 items-center">
              <Value {...props} />
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

const COLUMN = 'flex w-28 shrink-0 items-center overflow-hidden pl-2 text-xs max-md:hidden'

/** At the end of a row: a place for each, also where the task has nothing. */
export function RowFields({ task, shown: { fields, names } }: Props) {
  return fields.map((field) => {
    const value = task.fields?.[field.id]
    const props = value === undefined ? undefined : { field, value, names }
    return (
      <span key={field.id} title={props && titleOf(props)} className={`${COLUMN} text-soft`}>
        {props && (
          <>
            <span className="sr-only">{field.name} </span>
            <Value {...props} />
          </>
        )}
      </span>
    )
  })
}

/** Over the columns; each value says its field's name itself. */
export function FieldNames({ shown: { fields } }: Pick<Props, 'shown'>) {
  return (
    <div
      aria-hidden
      className="flex h-8 shrink-0 items-center justify-end gap-2 overflow-hidden border-line
        border-b px-4 [scrollbar-gutter:stable] max-md:hidden"
    >
      {fields.map((field) => (
        <span key={field.id} title={field.name} className={`${COLUMN} text-faint`}>
          <span className="truncate">{field.name}</span>
        </span>
      ))}
    </div>
  )
}

/** How wide a list must be for its columns, beside what every row has; more is scrolled to. */
export function widthFor({ fields }: ShownFields): string {
  return `calc(var(--spacing) * ${180 + 30 * fields.length})`
}
