// Quotes: how they look, and who gains sight of a message that is passed on.

import { useChannel, useChannelMembers } from './channel'
import { useMembers } from './member'

export { quoteOf } from '../sync/message'

/**
 * Who reads the target and not the source: ids, or everyone in the workspace. Undefined until it is
 * known.
 */
export function useGaining(
  source: string,
  target: string,
): readonly string[] | 'everyone' | undefined {
  const from = useChannel(source)
  const to = useChannel(target)
  const before = useChannelMembers(source)
  const after = useChannelMembers(target)
  const members = useMembers()
  if (!from || !to || !before || !after) return undefined
  if (to.kind === 'public' && from.kind !== 'public') return 'everyone'
  const guests = new Set(members.filter(({ role }) => role === 'guest').map(({ id }) => id))
  const read = new Set(before)
  return after.filter((id) => !read.has(id) && (from.kind !== 'public' || guests.has(id)))
}
