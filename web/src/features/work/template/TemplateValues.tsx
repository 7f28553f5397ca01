// What a template has of the project's custom fields.

import { X } from 'lucide-react'
import { t } from '../../../i18n'
import type { FieldValue, Project, TaskTemplate } from '../../../protocol'
import { IconButton } from '../../../ui/Button'
import { ValueEditor } from '../field/ValueEditor'

interface Props {
  project: Project
  template: TaskTemplate
  onChange: (changes: Partial<TaskTemplate>) => void
}

export function TemplateValues({ project, template, onChange }: Props) {
  const shown = (project.fields ?? []).filter(({ archived }) => !archived)
  if (shown.length === 0) return null
  const values = template.fields ?? {}
  const set = (id: string, value: FieldValue | null) => {
    const { [id]: before, ...others } = values
    onChange({ fields: value === null ? others : { ...others, [id]: value } })
  }
  return (
    <section aria-label={t('work.fields')}>
      <h3 className="mb-1 font-medium text-sm">{t('work.fields')}</h3>
      {shown.map((field) => (
        <div key={field.id} className="flex min-h-8 items-start">
          <span className="w-28 shrink-0 truncate py-1.5 pr-2 text-sm text-soft" title={field.name}>
            {field.name}
          </span>
          <div className="min-w-0 flex-1">
            <ValueEditor
              field={field}
              value={values[field.id]}
              onChange={(value) => set(field.id, value)}
              project={project.id}
            />
          </div>
          {values[field.id] !== undefined && (
            <IconButton
              size="sm"
              label={t('work.field_clear', { field: field.name })}
              className="mt-1 shrink-0 text-faint"
              onClick={() => set(field.id, null)}
            >
              <X size={14} aria-hidden />
            </IconButton>
          )}
        </div>
      ))}
    </section>
  )
}
