// Says what a template names that is not there any more, and takes it out.

import { TriangleAlert } from 'lucide-react'
import { t } from '../../../i18n'
import { formatList } from '../../../i18n/format'
import { useMembers } from '../../../model/member'
import type { Member, Project, TaskTemplate } from '../../../protocol'
import { Button } from '../../../ui/Button'
import { isMissing, type Missing, missingOf, withoutMissing } from '../logic/templates'
import { usePresence } from './usePresence'

interface Props {
  project: Project
  template: TaskTemplate
  onChange: (template: TaskTemplate) => void
}

export function MissingNote({ project, template, onChange }: Props) {
  const members = useMembers()
  const missing = missingOf(template, project, usePresence(project))
  if (!isMissing(missing)) return null
  return (
    <div className="flex items-start gap-2 rounded-md bg-sunken px-3 py-2 text-sm">
      <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-blocked" />
      <p className="min-w-0 flex-1">
        {t('work.template_missing', { what: formatList(words(missing, project, members)) })}
      </p>
      <Button size="sm" onClick={() => onChange(withoutMissing(template, missing))}>
        {t('work.template_missing_remove')}
      </Button>
    </div>
  )
}

function words(missing: Missing, project: Project, members: readonly Member[]): string[] {
  const name = (id: string) => members.find((member) => member.id === id)?.name
  const field = (id: string) => project.fields?.find((one) => one.id === id)?.name
  return [
    ...missing.members.map((id) => name(id) ?? t('common.unknown_member')),
    ...missing.fields.map((id) => field(id) ?? t('work.field_gone')),
    ...missing.options.map(({ field }) => t('work.template_option_gone', { field: field.name })),
  ]
}
