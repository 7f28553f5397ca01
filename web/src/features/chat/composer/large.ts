// Whether a text is about to tell very many people by naming a group. Pure.

import { canManageGroup } from '../../../model/group'
import type { Reach } from '../../../model/reach'
import type { Group, Member } from '../../../protocol'
import { directory, split } from '../../../ui/markdown/part'

export interface Large {
  group: Group
  /** How many of the conversation are in it. */
  count: number
  /** Whether the reader may tell so many at once. */
  allowed: boolean
}

/** How many anybody may tell, and those who manage the group. */
export interface Bounds {
  anybody: number
  managers: number
}

export interface Around {
  groups: readonly Group[]
  reach: Reach
  /** Ids of those in the conversation; undefined where that is unknown. */
  present: readonly string[] | undefined
  me: Member
}

/** The first group in the text that is larger than anybody may tell. */
export function largeGroup(text: string, around: Around, bounds: Bounds): Large | undefined {
  if (!/[@＠]/.test(text)) return undefined
  const { groups, reach, present, me } = around
  const known = directory(groups.filter(({ archived }) => !archived))
  const here = present && new Set(present)
  for (const part of split(text, known)) {
    const group = part.kind === 'mention' && groups.find(({ id }) => id === part.id)
    if (!group) continue
    const members = [...(reach.get(group.id) ?? [])]
    const count = here ? members.filter((id) => here.has(id)).length : members.length
    if (count <= bounds.anybody) continue
    return { group, count, allowed: canManageGroup(me, group) && count <= bounds.managers }
  }
  return undefined
}
