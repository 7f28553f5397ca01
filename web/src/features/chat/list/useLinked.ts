// Goes to the one message that a link leads to, in a list that is wholly in the page.

import { useEffect, useState } from 'react'
import type { Messages } from '../../../model/message'

/** Goes there once, however far back it lies; answers with its id when it is there. */
export function useLinked(
  scroller: { current: HTMLElement | null },
  linked: string | undefined,
  { items, hasOlder, loadOlder }: Messages,
): string | null {
  const [found, setFound] = useState<string | null>(null)
  useEffect(() => {
    if (!linked || found === linked || items.length === 0) return
    if (!items.some(({ id }) => id === linked)) {
      if (hasOlder) void loadOlder()
      return
    }
    scroller.current
      ?.querySelector(`[data-message="${linked}"]`)
      ?.scrollIntoView({ block: 'center' })
    setFound(linked)
  }, [scroller, linked, found, items, hasOlder, loadOlder])
  return found
}
