// Templates of a project's tasks. The replica has their names; what is in them is asked of the
// server where a screen needs it, and again when somebody changes the list.

import { useEffect } from 'react'
import type { Project, TaskTemplate } from '../protocol'
import { client } from '../sync/client'
import type { Sent } from './pending'
import { useWatch } from './watch'

const NONE: readonly TaskTemplate[] = []

const held = new Map<string, readonly TaskTemplate[]>()
/** Own changes on their way: what the server answers meanwhile is older than what is held. */
const underway = new Map<string, number>()
/** The newest question of each project; an older answer that comes later says nothing. */
const asked = new Map<string, number>()

const topicOf = (project: string) => `templates:${project}`

/** In order; undefined until loaded. */
export function useTemplates(project: Project | undefined): readonly TaskTemplate[] | undefined {
  const id = project?.id ?? ''
  const names = project?.templates
  useEffect(() => {
    if (id && names?.length) void load(id)
  }, [id, names])
  const found = useWatch(topicOf(id), () => held.get(id))
  return names?.length ? found : NONE
}

/** Replaces the list. */
export function changeTemplates(project: string, templates: readonly TaskTemplate[]): Sent {
  keep(project, templates)
  count(project, 1)
  const sent = client.execute({ type: 'change_templates', project, templates: [...templates] })
  const end = () => {
    count(project, -1)
    void load(project)
  }
  sent.settled.then(end, end)
  return sent
}

async function load(project: string): Promise<void> {
  const question = (asked.get(project) ?? 0) + 1
  asked.set(project, question)
  try {
    const found = await client.get<TaskTemplate[]>(`/projects/${project}/templates`)
    if (asked.get(project) === question && !underway.get(project)) keep(project, found)
  } catch {
    // Without a connection what is held stays; the next change asks again.
  }
}

function keep(project: string, templates: readonly TaskTemplate[]): void {
  held.set(project, templates)
  client.view.replica.tell([topicOf(project)])
}

function count(project: string, by: number): void {
  underway.set(project, (underway.get(project) ?? 0) + by)
}
