// Projects and who is in them.

import { useEffect } from 'react'
import type { CommandOf, Project, State } from '../protocol'
import { client } from '../sync/client'
import type { Sent } from './pending'
import { useWatch } from './watch'

/** All that the reader may see, by name, archived ones last. */
export function useProjects(): readonly Project[] {
  return useWatch('projects', () => client.view.projects())
}

/** By id, or by key in any case. */
export function useProject(keyOrId: string | undefined): Project | undefined {
  return useWatch('projects', () => (keyOrId ? client.view.project(keyOrId) : undefined))
}

/** Ids of who has been added to the project; undefined until loaded. */
export function useProjectMembers(projectId: string): readonly string[] | undefined {
  useEffect(() => client.roster.open(`project:${projectId}`), [projectId])
  return useWatch(`roster:project:${projectId}`, () => client.view.roster(`project:${projectId}`))
}

/** The state of that id in the project's workflow. */
export function stateOf(project: Project | undefined, state: string): State | undefined {
  return project?.workflow.states.find((each) => each.id === state)
}

export function createProject(fields: Omit<CommandOf<'create_project'>, 'type' | 'id'>): Sent {
  return client.create({ type: 'create_project', ...fields })
}

export function updateProject(
  project: string,
  changes: Omit<CommandOf<'update_project'>, 'type' | 'project'>,
): Sent {
  return client.execute({ type: 'update_project', project, ...changes })
}

export function changeWorkflow(project: string, states: State[]): Sent {
  return client.execute({ type: 'change_workflow', project, states })
}

export function addProjectMember(project: string, member: string): Sent {
  return client.execute({ type: 'add_project_member', project, member })
}

export function removeProjectMember(project: string, member: string): Sent {
  return client.execute({ type: 'remove_project_member', project, member })
}
