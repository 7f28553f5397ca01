// The custom fields of a task, each edited in place.

import { X } from 'lucide-react'
import { t } from '../../../i18n'
import { setValue } from '../../../model/field'
import type { LocalTask } from '../../../model/task'
import type { Field, FieldValue, Project } from '../../../protocol'
import { IconButton } from '../../../ui/Button'
import { FieldLine, fieldTitle } from '../field/FieldLine'
import { ValueEditor } from '../field/ValueEditor'
import { fieldsFor } from '../logic/fields'

interface Props {
  task: LocalTask
  project: Project
  /** Nothing of the task can be changed. */
  locked: boolean
}

export function CustomFields({ task, project, locked }: Props) {
  const fields = fieldsFor(project.fields, task)
  if (fields.length === 0) return null
  return (
    <section aria-label={t('work.fields')} className="my-3 border-b border-line pb-2">
      {fields.map((field) => (
        <Line key={field.id} field={field} task={task} project={project} taskLocked={locked} />
      ))}
    </section>
  )
}

interface LineProps {
  field: Field
  task: LocalTask
  project: Project
  taskLocked: boolean
}

function Line({ field, task, project, taskLocked }: LineProps) {
  const value = task.fields?.[field.id]
  const locked = field.archived === true || taskLocked
  const onChange = (next: FieldValue | null) => {
    if (!same(next, value)) setValue(task.id, field.id, next)
  }
  // What is typed can be emptied where it is, and a check unchecked.
  const isChosen = ['date', 'person', 'select', 'multi_select', 'link'].includes(field.kind)
  const clears = value !== undefined && !taskLocked && (isChosen || field.archived)
  return (
    <FieldLine
      name={field.name}
      title={fieldTitle(field)}
      action={
        clears && (
          <IconButton
            size="sm"
            label={t('work.field_clear', { field: field.name })}
            className="mt-1 shrink-0 text-faint pointer-fine:not-focus-visible:opacity-0
              pointer-fine:group-hover/line:opacity-100"
            onClick={() => onChange(null)}
          >
            <X size={14} aria-hidden />
          </IconButton>
        )
      }
    >
      <ValueEditor
        field={field}
        value={value}
        locked={locked}
        onChange={onChange}
        project={project.id}
        draft={`field:${task.id}:${field.id}`}
      />
      {field.archived && <p className="px-2 text-faint text-xs">{t('work.field_archived')}</p>}
    </FieldLine>
  )
}

function same(one: FieldValue | null | undefined, other: FieldValue | undefined): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}
