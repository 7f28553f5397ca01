// Types of tasks: which a project has, which one a task is of, and what it is called.

import { t } from '../i18n'
import type { Project, Task, TaskType } from '../protocol'
import { client } from '../sync/client'
import type { Sent } from './pending'

/** Those of a project that never changed them, as on the server. */
const BUILT_IN: readonly [TaskType, ...TaskType[]] = [
  { id: 'task', icon: 'check', colour: 'blue' },
  { id: 'bug', icon: 'bug', colour: 'red' },
  { id: 'story', icon: 'bookmark', colour: 'green' },
  { id: 'epic', icon: 'bolt', colour: 'purple' },
]

/** In order; the first is that of new tasks. */
export function typesOf(project: Project | undefined): readonly TaskType[] {
  return project?.types?.length ? project.types : BUILT_IN
}

/** The type that an id means; one that was removed means the one that replaces it. */
export function typeBy(project: Project | undefined, id: string | null | undefined): TaskType {
  const types = typesOf(project)
  const wanted = id ?? 'task'
  const found = types.find((type) => type.id === wanted || type.replaces?.includes(wanted))
  return found ?? types[0] ?? BUILT_IN[0]
}

export function typeOf(project: Project | undefined, task: Task): TaskType {
  return typeBy(project, task.type)
}

/** The task's type where it says something: not for the one that new tasks have anyway. */
export function specialTypeOf(project: Project | undefined, task: Task): TaskType | null {
  const type = typeOf(project, task)
  return project && type.id !== typesOf(project)[0]?.id ? type : null
}

/** Its own name, or that of a built-in one in the reader's language. */
export function typeName({ id, name }: TaskType): string {
  if (name) return name
  switch (id) {
    case 'task':
      return t('work.type_task')
    case 'bug':
      return t('work.type_bug')
    case 'story':
      return t('work.type_story')
    case 'epic':
      return t('work.type_epic')
    default:
      return id
  }
}

export function changeTypes(project: string, types: TaskType[]): Sent {
  return client.execute({ type: 'change_types', project, types })
}
