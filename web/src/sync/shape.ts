// The confirmed state in the shape of a snapshot: for the disk, and to compare.

import type { Snapshot } from '../protocol'
import type { Replica } from './replica'
import { idOf } from './scheduled'

/** Every list is sorted by id. Undefined before the first snapshot came. */
export function snapshotOf(replica: Replica): Snapshot | undefined {
  const member = replica.members.get(replica.me)
  if (!replica.workspace || !member) return undefined
  return {
    seq: replica.seq,
    workspace: replica.workspace,
    member,
    members: sortedBy([...replica.members.values()], (each) => each.id),
    groups: sortedBy([...replica.groups.values()], (each) => each.id),
    spaces: sortedBy([...replica.spaces.all.values()], (each) => each.id),
    own_spaces: [...replica.spaces.own].sort(),
    channels: sortedBy([...replica.channels.values()], (each) => each.id),
    memberships: sortedBy([...replica.memberships.values()], (each) => each.channel),
    projects: sortedBy([...replica.projects.values()], (each) => each.id),
    feeds: sortedBy([...replica.feeds.values()].flat(), (each) => each.channel + each.project),
    preferences: replica.preferences,
    channel_settings: sortedBy([...replica.channelSettings.values()], (each) => each.channel),
    side_bar: replica.sideBar,
    notifications: sortedBy([...replica.notifications.values()], (each) => each.seq ?? 0),
    saved: sortedBy([...replica.saved.values()], (each) => each.message),
    scheduled: sortedBy([...replica.scheduled.values()], idOf),
  }
}

export function sortedBy<T>(items: T[], key: (item: T) => string | number): T[] {
  return items.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}
