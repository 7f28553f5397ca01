// A form that sends one request: busy meanwhile, errors where the mistake is. Used by the pages
// before the frame and by the settings.

import { type FormEvent, useState } from 'react'
import { errorText } from '../../i18n'
import { type Failure, Refused } from '../../model/pending'

export interface FormState {
  busy: boolean
  /** Errors by field; `form` for what concerns no field that is shown. */
  errors: Record<string, string>
  submit(event: FormEvent): void
}

/** What a refusal says, and at which field. */
export type Explain = (failure: Failure) => { field: string; text: string } | undefined

/** `check` finds mistakes before anything is sent; `send` throws `Refused`. */
export function useForm(
  check: () => Record<string, string | undefined>,
  send: () => Promise<void>,
  explain: Explain = () => undefined,
): FormState {
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const mistakes = Object.fromEntries(
      Object.entries(check()).filter((each): each is [string, string] => each[1] !== undefined),
    )
    setErrors(mistakes)
    if (Object.keys(mistakes).length > 0) return focusMistake(event.target as HTMLFormElement)
    setBusy(true)
    try {
      await send()
    } catch (error) {
      setErrors(errorsOf(error, explain))
    } finally {
      setBusy(false)
    }
  }
  return { busy, errors, submit: (event) => void submit(event) }
}

function errorsOf(error: unknown, explain: Explain): Record<string, string> {
  if (!(error instanceof Refused)) return { form: errorText('internal') }
  const { failure } = error
  const said = explain(failure)
  return said ? { [said.field]: said.text } : { form: errorText(failure.code) }
}

function focusMistake(form: HTMLFormElement): void {
  requestAnimationFrame(() => {
    form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  })
}
