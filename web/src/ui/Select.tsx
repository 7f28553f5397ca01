// A choice of one from a short list. Long lists use a picker in a Popover.

import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './class'

export interface SelectOption<V extends string> {
  value: V
  label: string
  /** A 16 px icon. */
  icon?: ReactNode
  disabled?: boolean
}

export interface SelectProps<V extends string> {
  value: V
  onChange(value: V): void
  options: readonly SelectOption<V>[]
  /** Shown while the value is none of the options. */
  placeholder?: string
  /** Names it for assistive technology where no visible Field does. */
  label?: string
  id?: string
  disabled?: boolean
  className?: string
}

export function Select<V extends string>(props: SelectProps<V>) {
  const { value, onChange, options, className } = props
  const chosen = options.find((each) => each.value === value)
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => next !== null && onChange(next as V)}
      disabled={props.disabled}
      items={options}
      modal={false}
    >
      <Base.Trigger
        id={props.id}
        aria-label={props.label}
        className={cx(
          'inline-flex h-8 min-w-28 finger:h-10 select-none items-center justify-between gap-2 rounded-md border',
          'border-line-strong bg-raised px-2.5 text-left hover:bg-hover data-disabled:opacity-55',
          className,
        )}
      >
        <span className="flex min-w-0 items-center gap-2">
          {chosen?.icon}
          <Base.Value className="truncate">
            {() => chosen?.label ?? props.placeholder ?? ''}
          </Base.Value>
        </span>
        <ChevronsUpDown size={14} className="shrink-0 text-faint" aria-hidden="true" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          sideOffset={4}
          collisionPadding={8}
          alignItemWithTrigger={false}
          className="z-50"
        >
          <Base.Popup
            className="popup max-h-[min(360px,var(--available-height))] min-w-(--anchor-width)
              overflow-y-auto p-1"
          >
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className="flex min-h-8 select-none items-center gap-2 rounded-md px-2 data-disabled:opacity-50 data-highlighted:bg-hover"
              >
                {option.icon}
                <Base.ItemText className="min-w-0 flex-1 truncate">{option.label}</Base.ItemText>
                <Base.ItemIndicator>
                  <Check size={14} aria-hidden="true" />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
