// What the reader wants to hear of, and when: the same on all their devices.

import type { ChannelSetting, Level, Preferences, QuietHours } from '../protocol'
import { client } from '../sync/client'
import type { Sent } from './pending'
import { useWatch } from './watch'

export type { ChannelSetting, Level, Preferences, QuietHours }

export function usePreferences(): Preferences {
  return useWatch('preferences', () => client.view.preferences())
}

/** As they are now, outside of a component. */
export function preferences(): Preferences {
  return client.view.preferences()
}

export function changePreferences(changes: Partial<Preferences>): Sent {
  const preferences = { ...client.view.preferences(), ...changes }
  return client.execute({ type: 'change_preferences', preferences })
}

/** Undefined where the reader wants nothing special. */
export function useChannelSetting(channel: string): ChannelSetting | undefined {
  return useWatch(`setting:${channel}`, () => client.view.channelSetting(channel))
}

/** All there are. */
export function useChannelSettings(): readonly ChannelSetting[] {
  return useWatch('settings', () => client.view.channelSettings())
}

export function changeChannelSetting(
  channel: string,
  changes: { level?: Level | null | undefined; muted?: boolean },
): Sent {
  const before = client.view.channelSetting(channel)
  const { level, muted } = { level: before?.level, muted: before?.muted, ...changes }
  return client.execute({ type: 'change_channel_setting', channel, level, muted })
}
