// The keys that work everywhere, bound to what they do. The frame calls it: a key that is pressed
// before the chunk of what it opens is there opens it then.

import { openDialog } from '../../app/dialog'
import { draftsHref, go, inboxHref, myWorkHref, settingsHref, threadsHref } from '../../app/place'
import { markAllRead } from '../../model/channel'
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
  mark_all_read: () => markAllRead(),
}
