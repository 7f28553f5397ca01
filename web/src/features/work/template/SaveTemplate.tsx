// Makes a template of a task.

import { useState } from 'react'
import { t } from '../../../i18n'
import { useMe } from '../../../model/member'
import type { Project, Task } from '../../../protocol'
import { toast } from '../../../ui/Toast'
import { newFieldId } from '../logic/fields'
import { missingOf, templateOf, withoutMissing } from '../logic/templates'
import { TemplateDialog } from './TemplateDialog'
import { usePresence } from './usePresence'

interface Props {
  task: Task
  project: Project
  onClose: () => void
}

/** Mount it to open it. */
export function SaveTemplate({ task, project, onClose }: Props) {
  const zone = useMe().time_zone
  const isThere = usePresence(project)
  const [template] = useState(() => {
    const whole = templateOf(task, newFieldId(), zone)
    return withoutMissing(whole, missingOf(whole, project, isThere))
  })
  return (
    <TemplateDialog
      project={project}
      template={template}
      title={t('work.template_save')}
      onClose={onClose}
      onSaved={() => toast({ title: t('work.template_saved') })}
    />
  )
}
