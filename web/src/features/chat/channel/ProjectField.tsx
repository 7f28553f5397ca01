// The project that tasks made in a channel go to, or none.

import { ChevronsUpDown, X } from 'lucide-react'
import { t } from '../../../i18n'
import { useProject } from '../../../model/project'
import { IconButton } from '../../../ui/Button'
import { ProjectMark, ProjectPicker } from '../../work/pickers'

interface Props {
  value: string | null
  onChange(value: string | null): void
}

export function ProjectField({ value, onChange }: Props) {
  const project = useProject(value ?? undefined)
  return (
    <div className="flex flex-col gap-1">
      <span className="font-medium text-sm">
        {t('chat.project')}
        <span className="ml-1.5 font-normal text-faint">{t('common.optional')}</span>
      </span>
      <div className="flex items-center gap-1">
        <ProjectPicker
          label={t('chat.project')}
          value={value}
          onChange={onChange}
          className="h-8 flex-1 gap-2 finger:h-10 border border-line-strong px-2.5"
        >
          {project ? (
            <>
              <ProjectMark projectKey={project.key} />
              <span className="min-w-0 flex-1 truncate">{project.name}</span>
            </>
          ) : (
            <span className="min-w-0 flex-1 truncate text-faint">{t('chat.no_project')}</span>
          )}
          <ChevronsUpDown size={14} aria-hidden className="shrink-0 text-faint" />
        </ProjectPicker>
        {value && (
          <IconButton label={t('common.clear')} onClick={() => onChange(null)}>
            <X size={16} aria-hidden />
          </IconButton>
        )}
      </div>
      <p className="text-faint text-sm">{t('chat.project_hint')}</p>
    </div>
  )
}
