// Where one types a few words or lines, without a label: `Field` gives it one. In the first load,
// unlike the other controls.

import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from 'react'
import { cx } from './class'

const control =
  'w-full rounded-md border border-line-strong bg-raised px-2.5 text-base text-ink transition-colors duration-(--quick) hover:border-faint focus:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-urgent disabled:opacity-55'

export interface InputProps extends InputHTMLAttributes<HTMLInputElement> {
  ref?: Ref<HTMLInputElement>
}

export function Input({ className, ...rest }: InputProps) {
  return <input {...rest} className={cx(control, 'h-8 finger:h-10', className)} />
}

export interface TextareaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  ref?: Ref<HTMLTextAreaElement>
}

export function Textarea({ className, ...rest }: TextareaProps) {
  return <textarea {...rest} className={cx(control, 'py-1.5', className)} />
}
