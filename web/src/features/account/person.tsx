// The fields by which somebody becomes a member: name, address, password. Shared by set-up and
// invitation.

import { Eye, EyeOff } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { errorText, t } from '../../i18n'
import type { Person } from '../../model/session'
import { IconButton } from '../../ui/Button'
import { Field, Input } from '../../ui/Field'
import type { Explain } from './useForm'

/** Where the workspace has yet to be made; others say theirs. */
const PASSWORD_CHARS_MIN = 8

export function passwordRule(count = PASSWORD_CHARS_MIN): string {
  return t('account.password_rule', { count })
}

export function checkPerson(
  { name, email, password }: Person,
  passwordMin = PASSWORD_CHARS_MIN,
): Record<string, string> {
  const errors: Record<string, string> = {}
  if (!name.trim()) errors.name = t('account.required')
  if (!isAddress(email)) errors.email = t('account.email_invalid')
  if ([...password].length < passwordMin) errors.password = passwordRule(passwordMin)
  return errors
}

export function isAddress(text: string): boolean {
  return /^\S+@\S+$/.test(text.trim())
}

export const explainPerson: Explain = ({ code, field }) => {
  if (code === 'already_exists') return { field: 'email', text: t('account.email_taken') }
  if (code === 'domain_not_allowed') return { field: 'email', text: errorText(code) }
  if (field === 'password') return { field, text: passwordRule() }
  if (field === 'email') return { field, text: t('account.email_invalid') }
  if (field === 'name') return { field, text: errorText(code) }
  return undefined
}

interface PersonFieldsProps {
  value: Person
  onChange(value: Person): void
  errors: Record<string, string>
  passwordMin?: number
}

export function PersonFields({ value, onChange, errors, passwordMin }: PersonFieldsProps) {
  return (
    <>
      <Field label={t('account.name')} hint={t('account.name_hint')} error={errors.name}>
        <Input
          autoComplete="name"
          value={value.name}
          onChange={(event) => onChange({ ...value, name: event.target.value })}
        />
      </Field>
      <EmailField
        value={value.email}
        onChange={(email) => onChange({ ...value, email })}
        error={errors.email}
      />
      <Field label={t('account.password')} hint={passwordRule(passwordMin)} error={errors.password}>
        <PasswordInput
          autoComplete="new-password"
          value={value.password}
          onValue={(password) => onChange({ ...value, password })}
        />
      </Field>
    </>
  )
}

interface EmailFieldProps {
  value: string
  onChange(value: string): void
  error?: string
  autoFocus?: boolean
}

export function EmailField({ value, onChange, error, autoFocus }: EmailFieldProps): ReactElement {
  return (
    <Field label={t('account.email')} error={error}>
      <Input
        type="email"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus={autoFocus}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}

interface PasswordInputProps {
  value: string
  onValue(value: string): void
  autoComplete: 'current-password' | 'new-password'
  id?: string
}

/** A password that can be looked at while typing. */
export function PasswordInput({ value, onValue, ...rest }: PasswordInputProps) {
  const [shown, setShown] = useState(false)
  return (
    <div className="relative">
      <Input
        {...rest}
        type={shown ? 'text' : 'password'}
        className="pr-10"
        value={value}
        onChange={(event) => onValue(event.target.value)}
      />
      <IconButton
        label={shown ? t('account.password_hide') : t('account.password_show')}
        size="sm"
        className="absolute top-1 right-1 max-md:top-2"
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff size={14} /> : <Eye size={14} />}
      </IconButton>
    </div>
  )
}

/** What concerns no field. */
export function FormError({ text }: { text: string | undefined }) {
  if (!text) return null
  return (
    <p role="alert" className="rounded-md bg-urgent-soft px-3 py-2 text-urgent">
      {text}
    </p>
  )
}
