// Custom fields of a project, and what a task has of them.

import type { Field, FieldValue } from '../protocol'
import { client } from '../sync/client'
import type { Sent } from './pending'

export { withValues } from '../sync/field'

/** Null: nothing. */
export function setValue(task: string, field: string, value: FieldValue | null): Sent {
  return client.execute({ type: 'update_task', task, fields: { [field]: value } })
}

/** Replaces the list. */
export function changeFields(project: string, fields: Field[]): Sent {
  return client.execute({ type: 'change_fields', project, fields })
}
