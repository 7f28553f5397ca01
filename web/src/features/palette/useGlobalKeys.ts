// The keys that work everywhere, bound to what they do. The frame calls it: a key that is pressed
// before the chunk of what it opens is there opens it then.

import { openDialog } from '../../app/dialog'
import {
  channelHref,
  draftsHref,
  go,
  inboxHref,
  myWorkHref,
  settingsHref,
  threadsHref,
} from '../../app/place'
import { markAllRead } from '../../model/channel'
import { walk } from '../../model/walk'
import { useShortcuts } from './shortcut'

export function useGlobalKeys(): void {
  useShortcuts(KEYS)
}

const KEYS = {
  palette: () => openDialog('palette'),
  help: () => openDialog('shortcuts'),
  create_task: () => openDialog('new-task'),
  inbox: () => go(inboxHref),
  home: () => go('/'),
  my_work: () => go(myWorkHref),
  threads: () => go(threadsHref),
  drafts: () => go(draftsHref),
  settings: () => go(settingsHref()),
  previous_channel: () => step(-1, 'any'),
  next_channel: () => step(1, 'any'),
  previous_unread: () => step(-1, 'unread'),
  next_unread: () => step(1, 'unread'),
  mark_all_read: () => markAllRead(),
}

/** To the channel before or after this one in the side bar; nowhere at its end. */
export function step(by: -1 | 1, among: 'any' | 'unread'): void {
  const here = /^\/c\/([\w-]+)/.exec(location.pathname)?.[1]
  const next = walk(here, by, among)
  if (next) go(channelHref(next))
}
