// What one entry does to the spaces, and what their members see. Pure.

import type { Entry, Space } from '../protocol'

/** What the reader sees of spaces. */
export interface Spaces {
  all: ReadonlyMap<string, Space>
  /** Ids of those of them that the reader is in. */
  own: ReadonlySet<string>
}

export const NO_SPACES: Spaces = { all: new Map(), own: new Set() }

/** Something that may be in a space. */
interface Placed {
  space?: string | null | undefined
  in_closed_space?: boolean | undefined
}

/** The spaces after the entry; the same object if the entry does not concern them. */
export function spacesAfter(spaces: Spaces, { event }: Entry, isGuest: boolean): Spaces {
  switch (event.type) {
    case 'space_created':
    case 'space_changed':
      return { ...spaces, all: new Map(spaces.all).set(event.space.id, event.space) }
    case 'space_gained':
      return {
        all: new Map(spaces.all).set(event.space.id, event.space),
        own: new Set(spaces.own).add(event.space.id),
      }
    case 'space_lost': {
      const own = new Set(spaces.own)
      own.delete(event.space)
      const isSeen = !isGuest && spaces.all.get(event.space)?.kind === 'open'
      if (isSeen) return { ...spaces, own }
      const all = new Map(spaces.all)
      all.delete(event.space)
      return { all, own }
    }
    default:
      return spaces
  }
}

/** Whether it lies in a closed space that the reader is in. */
export function isNear({ own }: Spaces, { space, in_closed_space }: Placed): boolean {
  return in_closed_space === true && own.has(space ?? '')
}

/** Whether the reader sees what is public there. */
export function seesPublic({ own }: Spaces, placed: Placed, isGuest: boolean): boolean {
  return own.has(placed.space ?? '') || (!placed.in_closed_space && !isGuest)
}
