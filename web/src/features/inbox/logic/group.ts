// The inbox by place: a channel with its threads, a project with its tasks. Pure.

import type { InboxItem } from '../../../model/notification'

export interface InboxGroup {
  /** `channel:ID` or `project:ID`. */
  id: string
  channel: string | undefined
  project: string | undefined
  /** Newest first. */
  items: InboxItem[]
}

/** Groups in the order of their newest item; `items` are newest first. */
export function groupByPlace(items: readonly InboxItem[]): InboxGroup[] {
  const groups = new Map<string, InboxGroup>()
  for (const item of items) {
    const { channel, project } = item.notification
    const id = channel ? `channel:${channel}` : `project:${project}`
    const group = groups.get(id)
    if (group) group.items.push(item)
    else {
      const places = { channel: channel ?? undefined, project: project ?? undefined }
      groups.set(id, { id, ...places, items: [item] })
    }
  }
  return [...groups.values()]
}
