// Type, people, priority and labels of a template, as a row of pickers.

import { useMemo } from 'react'
import { t } from '../../../i18n'
import { useMembers } from '../../../model/member'
import { useProjectMembers } from '../../../model/project'
import { useTasks } from '../../../model/task'
import { typeBy, typeName, typesOf } from '../../../model/task_type'
import type { Project, TaskTemplate } from '../../../protocol'
import { AvatarStack } from '../../../ui/Avatar'
import { PriorityIcon } from '../icon'
import { LabelDot } from '../label'
import { labelsOf } from '../logic/filter'
import { LabelPicker, MemberPicker, PriorityPicker, priorityName, TypePicker } from '../pickers'
import { Words } from '../pickers/Words'
import { TypeIconMark } from '../type'

interface Props {
  project: Project
  template: TaskTemplate
  onChange: (changes: Partial<TaskTemplate>) => void
}

const CHIP = 'h-7 max-md:h-10 gap-1.5 border border-line px-2 text-sm'

export function TemplateChoices({ project, template, onChange }: Props) {
  const { tasks } = useTasks(project.id)
  const known = useMemo(() => labelsOf(tasks), [tasks])
  const inside = useProjectMembers(project.id)
  const chosen = template.assignees ?? []
  const assignees = useMembers().filter((member) => chosen.includes(member.id))
  const type = typeBy(project, template.type ?? typesOf(project)[0]?.id)
  const priority = template.priority ?? 'none'
  const labels = template.labels ?? []
  return (
    <div className="flex flex-wrap gap-1.5">
      <TypePicker
        label={t('work.type')}
        types={typesOf(project)}
        value={type.id}
        onChange={(next) => onChange({ type: next })}
        className={CHIP}
      >
        <TypeIconMark type={type} />
        <span className="max-w-40 truncate">{typeName(type)}</span>
      </TypePicker>
      <MemberPicker
        label={t('work.assignees')}
        multiple
        first={inside}
        value={chosen}
        onChange={(next) => onChange({ assignees: next })}
        className={CHIP}
      >
        {assignees.length > 0 && <AvatarStack members={assignees} size={16} />}
        <Words empty={t('work.assign')}>{assignees.length === 1 && assignees[0]?.name}</Words>
      </MemberPicker>
      <PriorityPicker
        label={t('work.priority')}
        value={priority}
        onChange={(next) => onChange({ priority: next })}
        className={CHIP}
      >
        <PriorityIcon priority={priority} />
        <Words empty={t('work.priority')}>{priority !== 'none' && priorityName(priority)}</Words>
      </PriorityPicker>
      <LabelPicker
        label={t('work.labels')}
        value={labels}
        known={known}
        onChange={(next) => onChange({ labels: next })}
        className={CHIP}
      >
        {labels.slice(0, 3).map((label) => (
          <LabelDot key={label} label={label} />
        ))}
        <Words empty={t('work.labels')}>{labels.join(', ')}</Words>
      </LabelPicker>
    </div>
  )
}
