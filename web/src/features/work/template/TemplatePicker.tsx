// Chooses a template for a new task.

import { FileStack } from 'lucide-react'
import { t } from '../../../i18n'
import { formatList } from '../../../i18n/format'
import type { Project, TaskTemplate } from '../../../protocol'
import { PickerButton, PickerList } from '../pickers/Picker'
import { Words } from '../pickers/Words'

interface Props {
  templates: readonly TaskTemplate[]
  value: TaskTemplate | undefined
  onChange: (template: TaskTemplate | undefined) => void
  className?: string
}

/** Chosen again it is taken back. */
export function TemplatePicker({ templates, value, onChange, className }: Props) {
  return (
    <PickerButton
      label={t('work.template_task')}
      className={className}
      popup={(anchor, close) => (
        <PickerList
          anchor={anchor}
          label={t('work.template_task')}
          options={[
            ...(value ? [{ value: '', text: t('work.template_none') }] : []),
            ...templates.map(({ id, name }) => ({ value: id, text: name })),
          ]}
          value={value ? [value.id] : []}
          onChange={([id]) => onChange(templates.find((one) => one.id === id))}
          onClose={close}
        />
      )}
    >
      <FileStack size={14} aria-hidden className="shrink-0 text-faint" />
      <Words empty={t('work.template_task')}>{value?.name}</Words>
    </PickerButton>
  )
}

/** What a task gets of the template that the form does not show. */
export function TemplateRest({ template, project }: { template: TaskTemplate; project: Project }) {
  const items = template.checklist?.length ?? 0
  const fields = (project.fields ?? []).filter(
    ({ id, archived }) => !archived && template.fields?.[id] !== undefined,
  )
  const rest = [
    ...(items > 0 ? [t('work.template_items', { count: items })] : []),
    ...(template.estimate ? [t('work.template_points', { points: template.estimate })] : []),
    ...fields.map(({ name }) => name),
  ]
  if (rest.length === 0) return null
  return (
    <p className="mt-2 text-faint text-sm">{t('work.template_rest', { what: formatList(rest) })}</p>
  )
}
