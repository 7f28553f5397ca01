// Where one stands in a thread: at its newest reply, further up, at the one that a link leads to;
// and the ways from its first reply to its newest. Used by the thread pane alone.

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { useMe } from '../../../model/member'
import { type LocalMessage, loadMessage, type Messages } from '../../../model/message'
import type { Row } from '../list/rows'

/** How near to the end still counts as at the end, px. */
const END_PX = 48
/** How near to the edge of what is loaded the next page is fetched, px. */
const FETCH_PX = 800

interface Options {
  scroller: { current: HTMLElement | null }
  list: { current: VirtualizerHandle | null }
  root: LocalMessage
  replies: Messages
  rows: readonly Row[]
  /** The last message of all, perhaps of the task that the thread goes on in. */
  last: LocalMessage | undefined
  /** The reply that a link leads to. */
  linked: string | undefined
}

export function useStand(options: Options) {
  const { scroller, list, root, replies, rows, last, linked } = options
  const [away, setAway] = useState({ first: false, newest: false })
  /** Counts the runs of replies that were put in place of another. */
  const [run, setRun] = useState(0)
  const [found, setFound] = useState<string | null>(null)
  const stuck = useRef(true)
  const offset = useRef(0)
  const latest = useRef(options)
  latest.current = options
  const me = useMe().id

  const look = useCallback(() => {
    const element = scroller.current
    if (!element) return
    const { hasOlder, hasNewer, loadOlder, loadNewer } = latest.current.replies
    const top = element.scrollTop
    const left = element.scrollHeight - element.clientHeight - top
    // Growing content is no scrolling: only moving up lets go of the end, however little.
    if (top < offset.current - 1 && left > 1) stuck.current = false
    else if (left < END_PX) stuck.current = true
    offset.current = top
    const first = top > element.clientHeight
    const newest = !stuck.current || hasNewer
    setAway((was) => (was.first === first && was.newest === newest ? was : { first, newest }))
    if (hasOlder && top < FETCH_PX) void loadOlder()
    if (hasNewer && left < FETCH_PX) void loadNewer()
  }, [scroller])
  useEffect(() => {
    const element = scroller.current
    element?.addEventListener('scroll', look, { passive: true })
    return () => element?.removeEventListener('scroll', look)
  }, [scroller, look])
  const stick = useCallback(() => {
    const element = scroller.current
    if (element && stuck.current && !latest.current.replies.hasNewer)
      element.scrollTop = element.scrollHeight
  }, [scroller])

  const toFirst = useCallback(async () => {
    stuck.current = false
    const { replies: now } = latest.current
    if (now.hasOlder) {
      await now.jumpTo(latest.current.root.seq)
      setRun((count) => count + 1)
    }
    requestAnimationFrame(() => scroller.current?.scrollTo({ top: 0 }))
  }, [scroller])
  const toNewest = useCallback(async () => {
    const { replies: now } = latest.current
    if (now.hasNewer) {
      await now.jumpTo(null)
      setRun((count) => count + 1)
    }
    stuck.current = true
    requestAnimationFrame(stick)
  }, [stick])

  // What is new at the end: at the end it is followed, further up nothing moves. One's own always
  // brings the end.
  const lastId = last?.id
  const mine = last?.author === me && last.local !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each new last message
  useLayoutEffect(() => {
    if (mine) void toNewest()
    stick()
  }, [lastId])

  useEffect(() => {
    if (!linked || found === linked || rows.length === 0) return
    const index = rows.findIndex(({ message }) => message.id === linked)
    if (index >= 0) {
      stuck.current = false
      list.current?.scrollToIndex(index, { align: 'center' })
      setFound(linked)
    } else if (linked !== root.id && replies.status === 'ready') void goTo(linked)
    async function goTo(id: string) {
      const message = await loadMessage(id).catch(() => undefined)
      if (message?.thread !== latest.current.root.id) return
      await latest.current.replies.jumpTo(message.seq)
      setRun((count) => count + 1)
    }
  }, [linked, found, rows, root.id, replies.status, list])

  const before = useRef(rows[0]?.message.id)
  const first = rows[0]?.message.id
  const shift =
    before.current !== first && rows.some(({ message }) => message.id === before.current)
  useLayoutEffect(() => {
    before.current = first
  })
  return { away, run, shift, found, toFirst, toNewest, stick }
}
