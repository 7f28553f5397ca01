// What a task has of custom fields. Pure.

import type { FieldValue } from '../protocol'

type Values = Readonly<Record<string, FieldValue>>

/** With these values, and without those that are to be nothing. */
export function withValues(
  values: Values | undefined,
  changes: Readonly<Record<string, FieldValue | null>>,
): Record<string, FieldValue> {
  const all = { ...values }
  for (const [id, value] of Object.entries(changes)) {
    if (isNothing(value)) delete all[id]
    else all[id] = value as FieldValue
  }
  return all
}

/** Says nothing: an empty text, no choices, not checked. */
function isNothing(value: FieldValue | null): boolean {
  if (typeof value === 'string') return value.trim() === ''
  return value === null || value === false || (Array.isArray(value) && value.length === 0)
}
