// Where a message can be passed on to.

import { useMemo } from 'react'
import { canSay, channelName, useChannels, useMemberships } from '../../../model/channel'
import { useMe } from '../../../model/member'
import type { ChannelKind } from '../../../protocol'
import { rankBy } from '../../palette/match'
import { useSounds } from '../../palette/useSounds'

/** Limit: places that are offered at a time. */
const TARGETS_MAX = 50

export interface Target {
  id: string
  kind: ChannelKind
  name: string
}

/** Channels that the reader may write in, the best answers to `query` first; not the source. */
export function useTargets(query: string, source: string): readonly Target[] {
  const channels = useChannels()
  const memberships = useMemberships()
  const me = useMe()
  const sounds = useSounds()
  // biome-ignore lint/correctness/useExhaustiveDependencies: ranks anew once sounds are known
  return useMemo(() => {
    const mine = new Set(memberships.map(({ channel }) => channel))
    const open = channels.filter(
      (each) =>
        mine.has(each.id) && !each.archived && each.id !== source && canSay(each, me, false),
    )
    const targets = open.map((each) => ({ id: each.id, kind: each.kind, name: channelName(each) }))
    return rankBy(targets, query, ({ name }) => [name]).slice(0, TARGETS_MAX)
  }, [channels, memberships, query, source, me, sounds])
}
