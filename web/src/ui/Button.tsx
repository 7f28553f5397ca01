// Buttons. A button that shows an icon alone is an IconButton and must be named.

import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { cx } from './class'
import { Spinner } from './Spinner'
import { tip } from './tip'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: ButtonVariant
  size?: 'sm' | 'md' | 'lg'
  /** Shows a spinner and takes no clicks. */
  busy?: boolean
  /** A 16 px icon before the words. */
  icon?: ReactNode
  ref?: Ref<HTMLButtonElement>
}

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover active:bg-accent-hover',
  secondary: 'border border-line-strong bg-raised text-ink hover:bg-hover active:bg-active',
  ghost: 'text-soft hover:bg-hover hover:text-ink active:bg-active',
  danger:
    'border border-line-strong bg-raised text-urgent hover:bg-urgent-soft active:bg-urgent-soft',
}

const sizes = {
  sm: 'h-7 gap-1.5 px-2 text-sm',
  md: 'h-8 gap-1.5 px-3 text-base finger:h-10',
  lg: 'h-10 gap-2 px-4 text-base',
}

export function Button(props: ButtonProps) {
  const { variant = 'secondary', size = 'md', busy, icon, className, children, ...rest } = props
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
      className={cx(
        'reach inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap',
        'rounded-md font-medium transition-colors duration-(--quick) disabled:opacity-55',
        variants[variant],
        sizes[size],
        className,
      )}
    >
      {busy ? <Spinner size={14} /> : icon}
      {children}
    </button>
  )
}

export interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'busy' | 'children'> {
  /** Names the button for everyone: assistive technology and the hint. */
  label: string
  /** Shown in the hint, as `Mod+K`. */
  shortcut?: string
  /** Drawn as pressed; for toggles, with `aria-pressed`. */
  pressed?: boolean
  children: ReactNode
}

/** For a finger as large as it needs, though the row that holds it stays as low as it is. */
const SMALL = 'size-6 pointer-coarse:-my-2 pointer-coarse:h-10 pointer-coarse:min-w-10'
const MIDDLE = 'size-8 pointer-coarse:-my-1 pointer-coarse:h-10 pointer-coarse:min-w-10'

export function IconButton(props: IconButtonProps) {
  const { label, shortcut, pressed, size = 'md', variant = 'ghost', className, ...rest } = props
  const side = { sm: SMALL, md: MIDDLE, lg: 'size-10' }[size]
  return (
    <button
      type="button"
      {...tip(label, { shortcut })}
      {...rest}
      aria-label={label}
      aria-pressed={pressed}
      className={cx(
        'inline-flex shrink-0 select-none items-center justify-center rounded-md',
        'transition-colors duration-(--quick) disabled:opacity-55',
        variants[variant],
        pressed && 'bg-active text-ink',
        side,
        className,
      )}
    />
  )
}
