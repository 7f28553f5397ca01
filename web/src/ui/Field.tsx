// Form fields: a label, a control, a hint, and the error where the mistake is.

import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox'
import { Switch as BaseSwitch } from '@base-ui/react/switch'
import { Check } from 'lucide-react'
import { cloneElement, type ReactElement, type ReactNode, useId } from 'react'
import { t } from '../i18n'
import { cx } from './class'

export { Input, type InputProps, Textarea, type TextareaProps } from './Input'

export interface FieldProps {
  label: ReactNode
  hint?: ReactNode
  /** What is wrong with the value, said to the reader. */
  error?: ReactNode
  optional?: boolean
  /** One Input, Textarea or Select. */
  children: ReactElement<Record<string, unknown>>
}

export function Field({ label, hint, error, optional, children }: FieldProps) {
  const id = useId()
  const note = `${id}-note`
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
        {optional && <span className="ml-1.5 font-normal text-faint">{t('common.optional')}</span>}
      </label>
      {cloneElement(children, {
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': error || hint ? note : undefined,
      })}
      {(error || hint) && (
        <p
          id={note}
          role={error ? 'alert' : undefined}
          className={cx('text-sm', error ? 'text-urgent' : 'text-faint')}
        >
          {error || hint}
        </p>
      )}
    </div>
  )
}

export interface ToggleProps {
  checked: boolean
  onChange(checked: boolean): void
  /** Words beside it; with `labelHidden` only for assistive technology. */
  label: ReactNode
  labelHidden?: boolean
  disabled?: boolean
}

export function Checkbox({ checked, onChange, label, labelHidden, disabled }: ToggleProps) {
  const id = useId()
  return (
    <div className="flex items-center gap-2">
      <BaseCheckbox.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        className={cx(
          'flex size-4 shrink-0 items-center justify-center rounded-sm border border-faint',
          'bg-raised data-checked:border-accent data-checked:bg-accent',
          'data-checked:text-on-accent data-disabled:opacity-55',
        )}
      >
        <BaseCheckbox.Indicator>
          <Check size={12} strokeWidth={3} aria-hidden="true" />
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : undefined}>
        {label}
      </label>
    </div>
  )
}

export function Switch({ checked, onChange, label, labelHidden, disabled }: ToggleProps) {
  const id = useId()
  return (
    <div className="flex items-center justify-between gap-3">
      <label htmlFor={id} className={labelHidden ? 'sr-only' : undefined}>
        {label}
      </label>
      <BaseSwitch.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        className="relative h-5 w-9 shrink-0 rounded-full bg-line-strong transition-colors duration-(--quick) data-checked:bg-accent data-disabled:opacity-55"
      >
        <BaseSwitch.Thumb
          className="block size-4 translate-x-0.5 rounded-full bg-on-accent transition-transform
            duration-(--quick) data-checked:translate-x-4.5"
        />
      </BaseSwitch.Root>
    </div>
  )
}
