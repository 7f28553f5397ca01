// From channel to channel, in the order of the side bar.

import type { ChannelSetting, Membership } from '../protocol'
import { client } from '../sync/client'
import { type ShownSection, shownSections } from './side_bar'

/** What wants to be seen: of a muted channel mentions alone, of a silenced one nothing. */
export function wantedCounts(
  { unread, mentions }: Membership,
  setting: ChannelSetting | undefined,
): { unread: number; mentions: number } {
  if (setting?.level === 'nothing') return { unread: 0, mentions: 0 }
  return setting?.muted ? { unread: 0, mentions } : { unread, mentions }
}

/** The side bar as it is now, outside of a component. */
function currentSections(): ShownSection[] {
  const { view } = client
  const own = view.replica.spaces.own
  return shownSections(
    view.sideBar(),
    view.channels(),
    view.memberships(),
    view.projects(),
    view.spaces().filter(({ id }) => own.has(id)),
  )
}

/** Id of the channel to go to from `here`; undefined where there is none. */
export function walk(
  here: string | undefined,
  by: -1 | 1,
  among: 'any' | 'unread',
): string | undefined {
  const isNew = (membership: Membership) => {
    const counts = wantedCounts(membership, client.view.channelSetting(membership.channel))
    return counts.unread + counts.mentions > 0
  }
  return among === 'any'
    ? stepOf(currentSections(), here, by)
    : stepToNew(currentSections(), here, by, isNew)
}

/** The one before or after, of those that are not folded away; stops at the ends. */
export function stepOf(
  sections: readonly ShownSection[],
  here: string | undefined,
  by: -1 | 1,
): string | undefined {
  const ids = channelsOf(sections)
    .filter(({ folded, id }) => !folded || id === here)
    .map(({ id }) => id)
  const at = ids.indexOf(here ?? '')
  if (at < 0) return by > 0 ? ids[0] : ids.at(-1)
  return ids[at + by]
}

/** The next in which something is new, folded away or not; begins anew behind the end. */
export function stepToNew(
  sections: readonly ShownSection[],
  here: string | undefined,
  by: -1 | 1,
  isNew: (membership: Membership) => boolean,
): string | undefined {
  const all = channelsOf(sections)
  const found = all.findIndex(({ id }) => id === here)
  const at = found < 0 && by < 0 ? all.length : found
  const order =
    by > 0
      ? [...all.slice(at + 1), ...all.slice(0, Math.max(0, at))]
      : [...all.slice(0, at).reverse(), ...all.slice(at + 1).reverse()]
  return order.find(({ membership }) => isNew(membership))?.id
}

function channelsOf(sections: readonly ShownSection[]) {
  return sections.flatMap(({ section, rows }) =>
    rows.flatMap((row) =>
      'channel' in row
        ? [{ id: row.channel.id, folded: !!section.collapsed, membership: row.membership }]
        : [],
    ),
  )
}
