// Whether a text is about to tell very many people, by naming a group or everybody. Pure.

import { canManageGroup } from '../../../model/group'
import type { Reach } from '../../../model/reach'
import type { Group, Member } from '../../../protocol'
import { directory, split } from '../../../ui/markdown/part'

export interface Large {
  kind: 'group' | 'everyone'
  /** The group's; as it is written for everybody. */
  name: string
  /** How many of the conversation are meant; of everybody those besides the reader. */
  count: number
  /** Whether they will be told: the reader may, and the server tells so many at once. */
  allowed: boolean
}

/** How many anybody may tell, and those who manage the group. */
export interface Bounds {
  anybody: number
  managers: number
  /** Of all in a channel: from how many on the reader is asked, and how many are told at most. */
  everyone: { asked: number; told: number }
}

export interface Around {
  groups: readonly Group[]
  reach: Reach
  /** Ids of those in the conversation; undefined where that is unknown. */
  present: readonly string[] | undefined
  me: Member
  /** Whether `@channel` means anything here. */
  everyone: boolean
}

/** The largest that the text names, of those that are larger than anybody tells unasked. */
export function largeMention(text: string, around: Around, bounds: Bounds): Large | undefined {
  if (!/[@＠]/.test(text)) return undefined
  const { groups, reach, present, me } = around
  const known = directory(groups.filter(({ archived }) => !archived))
  const here = present && new Set(present)
  let largest: Large | undefined
  for (const part of split(text, known)) {
    if (part.kind === 'everyone') {
      const all = around.everyone ? largeEveryone(around, bounds) : undefined
      if (all) return all
    }
    const group = part.kind === 'mention' && groups.find(({ id }) => id === part.id)
    if (!group) continue
    const members = [...(reach.get(group.id) ?? [])]
    const count = here ? members.filter((id) => here.has(id)).length : members.length
    if (count <= bounds.anybody || count <= (largest?.count ?? 0)) continue
    const allowed = canManageGroup(me, group) && count <= bounds.managers
    largest = { kind: 'group', name: group.name, count, allowed }
  }
  return largest
}

function largeEveryone({ present, me }: Around, { everyone }: Bounds): Large | undefined {
  if (!present || present.length <= everyone.asked) return undefined
  const count = present.filter((id) => id !== me.id).length
  return { kind: 'everyone', name: 'channel', count, allowed: present.length <= everyone.told }
}
