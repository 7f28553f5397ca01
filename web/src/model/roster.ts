// What spaces and channels follow, and why somebody is in one: by name, through a group, or through
// the space of a channel.

import { useEffect, useState } from 'react'
import type { Group, GroupFollowers, Page, Roster } from '../protocol'
import { client } from '../sync/client'
import { rosterKey } from '../sync/topic'
import { useGroups, useReach } from './group'
import type { Sent } from './pending'

/** Between two looks at it while members come and go, milliseconds. */
const PACE_MS = 300

export interface Followed {
  /** Ids of the groups that it follows. */
  groups: readonly string[]
  /** Ids of who was added by name; undefined where nothing is followed: then all were. */
  named: ReadonlySet<string> | undefined
}

/** Undefined until loaded, and for guests, who know of no groups. Kept live afterwards. */
export function useFollowed(
  roster: Roster,
  isGuest: boolean,
  bySpace = false,
): Followed | undefined {
  const [known, setKnown] = useState<Followed>()
  const key = rosterKey(roster)
  useEffect(() => {
    if (isGuest) return
    let isHere = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = () => {
      timer = undefined
      // What is shown stays; it is asked for again when somebody looks again.
      fetchFollowed(key, bySpace).then(
        (followed) => isHere && setKnown(followed),
        () => {},
      )
    }
    const later = () => {
      timer ??= setTimeout(load, PACE_MS)
    }
    load()
    const end = client.view.subscribe(`follows:${key}`, later)
    return () => {
      isHere = false
      clearTimeout(timer)
      end()
    }
  }, [key, isGuest, bySpace])
  return known
}

async function fetchFollowed(key: string, bySpace: boolean): Promise<Followed> {
  const [kind, id] = key.split(':')
  const { items: groups } = await client.get<Page<string>>(`/${kind}s/${id}/groups`)
  if (groups.length === 0 && !bySpace) return { groups, named: undefined }
  const items = await client.all<string>(`/${kind}s/${id}/members?named=true`)
  return { groups, named: new Set(items) }
}

/** Why somebody is in a space or channel. */
export interface Because {
  /** The groups that brought them, by name. */
  groups: readonly Group[]
  named: boolean
}

/** Why each is in it. */
export function useBecause(followed: Followed | undefined): (member: string) => Because {
  const reach = useReach()
  const groups = useGroups().filter(({ id }) => followed?.groups.includes(id))
  return (member) => ({
    groups: groups.filter(({ id }) => reach.get(id)?.has(member)),
    named: followed?.named?.has(member) ?? true,
  })
}

/** What follows the group, as far as the reader sees it; undefined until loaded. */
export function useGroupFollowers(group: string | undefined): GroupFollowers | undefined {
  const [known, setKnown] = useState<{ group: string; followers: GroupFollowers }>()
  useEffect(() => {
    if (!group) return
    let isHere = true
    client.get<GroupFollowers>(`/groups/${group}/followers`).then(
      (followers) => isHere && setKnown({ group, followers }),
      () => {},
    )
    return () => {
      isHere = false
    }
  }, [group])
  return known?.group === group ? known?.followers : undefined
}

/** Whoever is in the group is in it from here on, or not for its sake any more. */
export function followGroup(roster: Roster, group: string, follow: boolean): Sent {
  return client.execute({ type: 'follow_group', roster, group, follow })
}
