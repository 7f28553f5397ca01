// What completes first in a channel or thread: who is there, who spoke last, its projects.

import { useMemo } from 'react'
import { useChannelMembers } from '../../../model/channel'
import { useFeeds } from '../../../model/feed'
import type { LocalMessage } from '../../../model/message'
import { useMayMentionEveryone } from '../../../model/policy'
import type { Channel } from '../../../protocol'
import type { Surroundings } from '../composer/useOptions'

/** Limit: authors that count as having spoken last. */
const RECENT_MAX = 8

/** The same object until who is there, or the order of who spoke, changes: rows depend on it. */
export function useSurroundings(channel: Channel, items: readonly LocalMessage[]): Surroundings {
  const present = useChannelMembers(channel.id)
  const feeds = useFeeds(channel.id)
  const recent = recentAuthors(items)
  const recentText = recent.join(' ')
  const everyone = useMayMentionEveryone(channel)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the list
  return useMemo(
    () => ({
      present,
      recent,
      everyone,
      projects: [
        ...new Set([...(channel.project ? [channel.project] : []), ...feeds.map((f) => f.project)]),
      ],
    }),
    [present, recentText, everyone, channel.project, feeds],
  )
}

/** Newest first, each once. */
export function recentAuthors(items: readonly LocalMessage[]): string[] {
  const authors: string[] = []
  for (let index = items.length - 1; index >= 0 && authors.length < RECENT_MAX; index--) {
    const author = items[index]?.author
    if (author && !items[index]?.card && !authors.includes(author)) authors.push(author)
  }
  return authors
}
