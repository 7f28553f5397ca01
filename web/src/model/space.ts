// Spaces: what holds channels and projects, and who is in one.

import { useEffect, useState } from 'react'
import type { CommandOf, Member, Page, Progress, Project, Space } from '../protocol'
import { client } from '../sync/client'
import { isAdmin } from './member'
import { afterPaint } from './paint'
import type { Sent } from './pending'
import { useWatch } from './watch'

/** All that the reader may see, by name, archived ones too. */
export function useSpaces(): readonly Space[] {
  return useWatch('spaces', () => client.view.spaces())
}

export function useSpace(id: string | undefined | null): Space | undefined {
  return useSpaces().find((space) => space.id === id)
}

/** Ids of the spaces that the reader is in. */
export function useOwnSpaces(): ReadonlySet<string> {
  return useWatch('spaces', () => client.view.replica.spaces.own)
}

/** Ids of who is in the space; undefined until loaded. Kept live afterwards. */
export function useSpaceMembers(space: string): readonly string[] | undefined {
  useEffect(() => afterPaint(() => client.roster.open(`space:${space}`)), [space])
  return useWatch(`roster:space:${space}`, () => client.view.roster(`space:${space}`))
}

/** Whether the member changes the space and who is in it. `isIn`: the space. */
export function canManageSpace(space: Space, member: Member, isIn: boolean): boolean {
  if (member.role === 'guest') return false
  if (isAdmin(member)) return true
  return isIn && (space.created_by === member.id || (space.managers?.includes(member.id) ?? false))
}

/** Between two looks at it while tasks change, milliseconds. */
const PROGRESS_PACE_MS = 1000

/** How far each of these projects of the space is, by id; asked for anew when tasks change. */
export function useProgress(
  space: string,
  projects: readonly Project[],
): ReadonlyMap<string, Progress> | undefined {
  const [known, setKnown] = useState<ReadonlyMap<string, Progress>>()
  const ids = projects.map(({ id }) => id).join()
  useEffect(() => {
    let isHere = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = () => {
      timer = undefined
      client.get<Page<Progress>>(`/spaces/${space}/progress`).then(
        ({ items }) => isHere && setKnown(new Map(items.map((each) => [each.project, each]))),
        // What is shown stays; it is asked for again when a task changes.
        () => {},
      )
    }
    const later = () => {
      timer ??= setTimeout(load, PROGRESS_PACE_MS)
    }
    load()
    const each = ids === '' ? [] : ids.split(',')
    const ends = each.map((id) => client.view.subscribe(`progress:project:${id}`, later))
    return () => {
      isHere = false
      clearTimeout(timer)
      for (const end of ends) end()
    }
  }, [space, ids])
  return known
}

export function createSpace(fields: Omit<CommandOf<'create_space'>, 'type' | 'id'>): Sent {
  return client.create({ type: 'create_space', ...fields })
}

export function updateSpace(
  space: string,
  changes: Omit<CommandOf<'update_space'>, 'type' | 'space'>,
): Sent {
  return client.execute({ type: 'update_space', space, ...changes })
}

export function changeSpaceMembers(
  space: string,
  changes: Omit<CommandOf<'change_space_members'>, 'type' | 'space'>,
): Sent {
  return client.execute({ type: 'change_space_members', space, ...changes })
}

export function joinSpace(space: string): Sent {
  return changeSpaceMembers(space, { add: [client.view.me().id] })
}

export function leaveSpace(space: string): Sent {
  return changeSpaceMembers(space, { remove: [client.view.me().id] })
}

export function foldSpace(space: string, folded: boolean): Sent {
  return client.execute({ type: 'fold_space', space, folded })
}
