/** Chooses a project that is not archived. */
import { t } from '../../../i18n'
import { useProjects } from '../../../model/project'
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

const GROUNDS = [
  'bg-doing-soft text-doing',
  'bg-done-soft text-done',
  'bg-blocked-soft text-blocked',
  'bg-accent-soft text-accent-ink',
  'bg-todo-soft text-todo',
] as const

/** A small square with the key's first letter. Decorative. */
export function ProjectMark({ projectKey }: { projectKey: string }) {
  let sum = 0
  for (let at = 0; at < projectKey.length; at++) sum += projectKey.charCodeAt(at)
  return (
    <span
      aria-hidden
      className={`flex size-5 shrink-0 items-center justify-center rounded-sm text-2xs
        font-semibold ${GROUNDS[sum % GROUNDS.length]}`}
    >
      {projectKey[0]}
    </span>
  )
}
