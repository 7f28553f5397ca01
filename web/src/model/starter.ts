// What a team begins with: a project with the states of its trade, and channels around it, made by
// ordinary commands in the reader's language.

import { type Key, language, t } from '../i18n'
import type { CommandOf, State } from '../protocol'
import { createChannel } from './channel'
import { addFeed } from './feed'
import { discard, Refused, type Sent } from './pending'
import { changeWorkflow, createProject } from './project'

type Category = State['category']
/** Those that have a name in the catalogue. */
type StateName = Key extends infer One
  ? One extends `starter.state_${infer Name}`
    ? Name
    : never
  : never
type NewProject = Omit<CommandOf<'create_project'>, 'type' | 'id' | 'template' | 'language'>

export interface Starter {
  id: StarterId
  /** Of the project, unless it is taken or another is chosen. */
  key: string
  /** In order; none: the built-in ones for software. */
  states: readonly (readonly [id: StateName, category: Category])[]
  /** Besides the project's own channel and the one with its cards. */
  channel: Key
}

export const STARTER_IDS = ['software', 'marketing', 'operations', 'cross_department'] as const
export type StarterId = (typeof STARTER_IDS)[number]

export const STARTERS: Record<StarterId, Starter> = {
  software: { id: 'software', key: 'DEV', states: [], channel: 'starter.channel_software' },
  marketing: {
    id: 'marketing',
    key: 'MKT',
    states: [
      ['idea', 'backlog'],
      ['planned', 'todo'],
      ['making', 'doing'],
      ['approval', 'doing'],
      ['published', 'done'],
      ['dropped', 'cancelled'],
    ],
    channel: 'starter.channel_marketing',
  },
  operations: {
    id: 'operations',
    key: 'OPS',
    states: [
      ['incoming', 'backlog'],
      ['accepted', 'todo'],
      ['working', 'doing'],
      ['waiting', 'doing'],
      ['solved', 'done'],
      ['declined', 'cancelled'],
    ],
    channel: 'starter.channel_operations',
  },
  cross_department: {
    id: 'cross_department',
    key: 'JOINT',
    states: [
      ['proposed', 'backlog'],
      ['scheduled', 'todo'],
      ['under_way', 'doing'],
      ['other_department', 'doing'],
      ['approved', 'done'],
      ['stopped', 'cancelled'],
    ],
    channel: 'starter.channel_cross_department',
  },
}

export function isStarter(id: string): id is StarterId {
  return id in STARTERS
}

/** The states' names as they will read. */
export function stateNames({ states }: Starter): string[] {
  if (states.length === 0) return []
  return states.map(([state]) => t(`starter.state_${state}`))
}

/** Names of the channels of a project: its own, a second of its trade, and that of its cards. */
export function channelNames({ channel }: Starter, project: string): [string, string, string] {
  const name = project.trim().toLowerCase().replaceAll(/\s+/g, '-')
  return [name, t(channel, { name }), t('starter.channel_updates', { name })]
}

/**
 * Makes the project and, if wanted, its channels. Throws `Refused` if there is no project then;
 * what else was refused is told by its names, and left out.
 */
export async function begin(
  starter: Starter,
  project: NewProject,
  withChannels: boolean,
): Promise<{ project: string; missing: string[] }> {
  const made = createProject({ ...project, template: 'software', language: language() })
  await confirmed(made)
  const steps: [string, Sent][] = []
  if (starter.states.length > 0) {
    const names = stateNames(starter)
    const states = starter.states.map(([id, category], at) => ({
      id,
      category,
      name: names[at] ?? id,
    }))
    steps.push([t('work.template'), changeWorkflow(made.id, states)])
  }
  if (withChannels) steps.push(...openChannels(starter, project, made.id))
  const missing: string[] = []
  for (const [name, sent] of steps) {
    await confirmed(sent).catch((failure) => {
      if (!(failure instanceof Refused)) throw failure
      if (!missing.includes(name)) missing.push(name)
    })
  }
  return { project: made.id, missing }
}

function openChannels(starter: Starter, project: NewProject, id: string): [string, Sent][] {
  const kind = project.visibility === 'private' ? 'private' : 'public'
  const [own, second, updates] = channelNames(starter, project.name)
  const open = (name: string, topic: string, bound?: string) =>
    createChannel({
      name,
      kind,
      topic,
      members: project.members ?? [],
      space: project.space,
      ...(bound && { project: bound }),
    })
  const { name } = project
  const feed = open(updates, t('starter.topic_updates', { name }))
  return [
    [own, open(own, t('starter.topic_own', { name }), id)],
    [second, open(second, t(`starter.topic_${starter.id}`, { name }))],
    [updates, feed],
    [updates, addFeed(feed.id, id)],
  ]
}

/** What is refused leaves nothing behind that waits to be sent again. */
async function confirmed(sent: Sent): Promise<void> {
  try {
    await sent.settled
  } catch (failure) {
    if (failure instanceof Refused) discard(sent.requestId)
    throw failure
  }
}
