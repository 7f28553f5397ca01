/** Chooses a project that is not archived. */
import type { CSSProperties } from 'react'
import { t } from '../../../i18n'
import { useProject, useProjects } from '../../../model/project'
import { hueOf } from '../../../ui/Avatar'
import { PickerButton, PickerList, type PickerProps } from './Picker'

interface Props {
  value: string | null
  onChange: (project: string) => void
}

/** A button with a list of projects. */
export function ProjectPicker({ value, onChange, ...button }: Props & PickerProps) {
  return (
    <PickerButton
      {...button}
      popup={(anchor, close) => (
        <ProjectList anchor={anchor} value={value} onChange={onChange} onClose={close} />
      )}
    />
  )
}

type ListProps = Props & { anchor: Parameters<typeof PickerList>[0]['anchor']; onClose: () => void }

/** The list alone, for an anchor that is no picker button. */
export function ProjectList({ value, onChange, ...list }: ListProps) {
  const projects = useProjects()
  return (
    <PickerList
      {...list}
      label={t('work.project')}
      options={projects
        .filter((project) => !project.archived || project.id === value)
        .map((project) => ({
          value: project.id,
          text: project.name,
          words: [project.key],
          icon: <ProjectMark projectKey={project.key} />,
          hint: project.key,
        }))}
      value={value ? [value] : []}
      onChange={([chosen]) => chosen && onChange(chosen)}
    />
  )
}

/** A small square with the key's first letter, in the project's own hue. Decorative. */
export function ProjectMark({ projectKey }: { projectKey: string }) {
  const project = useProject(projectKey)
  const style = { '--hue': hueOf(project?.id ?? projectKey) } as CSSProperties
  return (
    <span
      aria-hidden
      className="avatar flex size-5 shrink-0 items-center justify-center rounded-sm font-semibold text-2xs"
      style={style}
    >
      {projectKey[0]}
    </span>
  )
}
