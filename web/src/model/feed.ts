// Feeds: a channel follows projects.

import { useCallback, useMemo, useSyncExternalStore } from 'react'
import type { Channel, Feed } from '../protocol'
import { client } from '../sync/client'
import { useChannels } from './channel'
import type { Sent } from './pending'
import { useWatch } from './watch'

/** The projects that a channel follows. */
export function useFeeds(channelId: string | undefined): readonly Feed[] {
  return useWatch(`feeds:${channelId}`, () => client.view.feeds(channelId ?? ''))
}

/** The channels that are bound to a project or follow it, of those the reader knows; by name. */
export function useProjectChannels(projectId: string): readonly Channel[] {
  const channels = useChannels()
  const subscribe = useCallback(
    (notify: () => void) => {
      const ends = channels.map(({ id }) => client.view.subscribe(`feeds:${id}`, notify))
      return () => {
        for (const end of ends) end()
      }
    },
    [channels],
  )
  const ids = useSyncExternalStore(subscribe, () =>
    channels
      .filter(
        ({ id, project, archived }) =>
          !archived &&
          (project === projectId ||
            client.view.feeds(id).some((feed) => feed.project === projectId)),
      )
      .map(({ id }) => id)
      .join(' '),
  )
  return useMemo(() => channels.filter(({ id }) => ids.split(' ').includes(id)), [channels, ids])
}

export function addFeed(channel: string, project: string): Sent {
  return client.execute({ type: 'add_feed', channel, project })
}

export function removeFeed(channel: string, project: string): Sent {
  return client.execute({ type: 'remove_feed', channel, project })
}
