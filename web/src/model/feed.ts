// Feeds: a channel follows projects.

import type { Feed } from '../protocol'
import { client } from '../sync/client'
import type { Sent } from './pending'
import { useWatch } from './watch'

/** The projects that a channel follows. */
export function useFeeds(channelId: string | undefined): readonly Feed[] {
  return useWatch(`feeds:${channelId}`, () => client.view.feeds(channelId ?? ''))
}

export function addFeed(channel: string, project: string): Sent {
  return client.execute({ type: 'add_feed', channel, project })
}

export function removeFeed(channel: string, project: string): Sent {
  return client.execute({ type: 'remove_feed', channel, project })
}
