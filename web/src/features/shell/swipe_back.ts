// On a phone: a swipe from the left edge goes back from a pane, a channel, a task or a page of
// the settings.

import { channelsHref, closePane, go, myWorkHref, type Pane, settingsHref } from '../../app/place'
import { EDGE_PX, useSwipe } from '../../ui/swipe'
import { isWide } from '../../ui/wide'

export function useSwipeBack(pathname: string, pane: Pane | undefined): void {
  useSwipe((target, x) => {
    const back = x <= EDGE_PX && !isWide() ? backFrom(pathname, pane) : undefined
    const element = back && target.closest<HTMLElement>('[data-swipes=back]')
    return element ? { element, right: back } : undefined
  })
}

/** Where there is a place before this one; undefined on the pages of the bottom bar. */
function backFrom(pathname: string, pane: Pane | undefined): (() => void) | undefined {
  if (pane) return closePane
  if (pathname.startsWith('/c/')) return () => go(channelsHref)
  if (pathname.startsWith('/t/')) return () => go(myWorkHref)
  if (pathname.startsWith('/settings/')) return () => go(settingsHref())
  return undefined
}
