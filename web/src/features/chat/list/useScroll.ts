// Where a list of messages stands: at the newest, at a place one left, at a linked message. Used by
// MessageList alone.

import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { CacheSnapshot, VirtualizerHandle } from 'virtua'
import type { Messages } from '../../../model/message'
import { estimate } from './height'
import { keepPlace, placeOf } from './place'
import type { Row } from './rows'

/** How near to the end still counts as at the end, px. */
const BOTTOM_PX = 32
/** How near to the edge of what is loaded the next page is fetched, px. */
const FETCH_PX = 800

interface ScrollOptions {
  scroller: { current: HTMLDivElement | null }
  list: { current: VirtualizerHandle | null }
  rows: readonly Row[]
  messages: Messages
  placeKey: string
  at: number | undefined
  onBottom(atBottom: boolean): void
  me: string
}

/** Everything about where the list stands. */
export function useScroll(options: ScrollOptions) {
  const { scroller, list, rows, messages, placeKey, at, me } = options
  const [away, setAway] = useState(false)
  const [fresh, setFresh] = useState(0)
  const [found, setFound] = useState<string | null>(null)
  const [settled, setSettled] = useState(false)
  const stuck = useRef(true)
  const lastOffset = useRef(0)
  const placed = useRef<number | 'place' | null>(null)
  const asked = useRef<number | null>(null)
  const latest = useRef(options)
  latest.current = options
  const first = rows[0]?.message.id
  const last = rows[rows.length - 1]?.message
  const before = useRef<{ first: string | undefined; last: string | undefined }>({
    first: undefined,
    last: undefined,
  })
  const shift = prepended(before.current.first, rows)
  const cache = useHeights(placeKey, rows)

  const setStuck = useCallback((value: boolean) => {
    const changed = stuck.current !== value
    stuck.current = value
    const atEnd = value && !latest.current.messages.hasNewer
    setAway(!atEnd)
    if (atEnd) setFresh(0)
    if (changed || atEnd) latest.current.onBottom(atEnd)
  }, [])
  const stick = useCallback(() => {
    const element = scroller.current
    if (element && stuck.current) element.scrollTop = element.scrollHeight
  }, [scroller])
  const toBottom = useCallback(() => {
    const arrive = () => {
      setStuck(true)
      list.current?.scrollToIndex(latest.current.rows.length - 1, { align: 'end' })
      requestAnimationFrame(stick)
    }
    if (!latest.current.messages.hasNewer) return arrive()
    messages.jumpTo(null).then(() => requestAnimationFrame(arrive))
  }, [messages.jumpTo, setStuck, stick, list])

  const onScroll = useCallback(
    (offset: number) => {
      const element = scroller.current
      if (!element || placed.current === null) return
      const left = element.scrollHeight - element.clientHeight - offset
      // Growing content is no scrolling: only moving up lets go of the end.
      if (left <= BOTTOM_PX) setStuck(true)
      else if (offset < lastOffset.current - 1) setStuck(false)
      lastOffset.current = offset
      const { hasOlder, hasNewer, loadOlder, loadNewer } = latest.current.messages
      if (hasOlder && offset < FETCH_PX) void loadOlder()
      if (hasNewer && left < FETCH_PX) void loadNewer()
    },
    [scroller, setStuck],
  )

  // Where the list begins when its first rows are there, or when a link leads somewhere in it.
  useLayoutEffect(() => {
    const wanted = at ?? 'place'
    if (rows.length === 0 || placed.current === wanted) return
    if (at === undefined && placed.current !== null) return
    const begin = beginning(latest.current)
    if (begin === 'elsewhere') {
      if (asked.current !== at) void messages.jumpTo(at ?? null)
      asked.current = at ?? null
      return
    }
    placed.current = wanted
    stuck.current = begin.bottom
    if (at !== undefined) setFound(rows[begin.index]?.message.id ?? null)
    const put = () => {
      if (begin.bottom) list.current?.scrollToIndex(rows.length - 1, { align: 'end' })
      else list.current?.scrollToIndex(begin.index, { align: begin.align, offset: begin.offset })
      if (begin.bottom) stick()
    }
    put()
    // Once the rows there have been measured, the same place lies elsewhere.
    requestAnimationFrame(() => {
      put()
      requestAnimationFrame(() => {
        const element = scroller.current
        if (!element) return
        const left = element.scrollHeight - element.clientHeight - element.scrollTop
        lastOffset.current = element.scrollTop
        // Rows above may have grown meanwhile; nobody has scrolled yet.
        setStuck(begin.bottom || left <= BOTTOM_PX)
        stick()
        setSettled(true)
        onScroll(element.scrollTop)
      })
    })
  }, [rows, at, messages.jumpTo, list, scroller, stick, setStuck, onScroll])

  // New rows at the end: follow them, or count them.
  useLayoutEffect(() => {
    const previous = before.current
    before.current = { first, last: last?.id }
    if (previous.last === undefined || previous.last === last?.id || shift) return
    if (last?.author === me && last.local) {
      toBottom()
    } else if (stuck.current) {
      stick()
      requestAnimationFrame(stick)
    } else if (!latest.current.messages.hasNewer) {
      const from = rows.findIndex((row) => row.message.id === previous.last)
      const came = from < 0 ? [] : rows.slice(from + 1)
      const theirs = came.filter(({ message }) => message.author !== me && !message.card).length
      setFresh((count) => count + theirs)
    }
  }, [first, last, rows, me, shift, stick, toBottom])

  // Remember the place when one leaves.
  useLayoutEffect(() => {
    const handle = list
    return () => {
      const view = handle.current
      const shown = latest.current.rows
      if (!view || shown.length === 0 || placed.current === null) return
      const index = view.findItemIndex(view.scrollOffset)
      keepPlace(placeKey, {
        bottom: stuck.current && !latest.current.messages.hasNewer,
        message: shown[index]?.message.id ?? '',
        offset: view.scrollOffset - view.getItemOffset(index),
        cache: view.cache,
        count: shown.length,
        first: shown[0]?.message.id ?? '',
      })
    }
  }, [placeKey, list])

  return { shift, cache, settled, away, fresh, found, toBottom, onScroll, onResize: stick }
}

/** True on the one render in which older messages came in above. */
function prepended(first: string | undefined, rows: readonly Row[]): boolean {
  if (first === undefined || rows[0]?.message.id === first) return false
  return rows.some((row) => row.message.id === first)
}

/** The heights to begin with: as they were when one left, or estimated. */
function useHeights(placeKey: string, rows: readonly Row[]): CacheSnapshot | undefined {
  const [kept] = useState(() => placeOf(placeKey))
  const begun = useRef<CacheSnapshot>(undefined)
  // The list takes them once, with the first rows.
  if (!begun.current && rows.length > 0) {
    const fits = kept && kept.count === rows.length && kept.first === rows[0]?.message.id
    begun.current = fits ? kept.cache : estimate(rows, window.innerWidth)
  }
  return begun.current
}

interface Beginning {
  bottom: boolean
  index: number
  align: 'start' | 'center'
  offset: number
}

/** Where to begin; `elsewhere` when that is not loaded yet. */
function beginning({ rows, messages, placeKey, at }: ScrollOptions): Beginning | 'elsewhere' {
  const bottom: Beginning = { bottom: true, index: rows.length - 1, align: 'start', offset: 0 }
  if (at !== undefined) {
    const index = rows.findIndex((row) => row.message.seq >= at && !row.message.local)
    const exact = rows[index]?.message.seq === at
    const within = index > 0 || (index === 0 && !messages.hasOlder)
    if (!exact && !within && messages.status === 'ready') return 'elsewhere'
    if (index < 0) return messages.hasNewer ? 'elsewhere' : bottom
    return { bottom: false, index, align: 'center', offset: 0 }
  }
  const place = placeOf(placeKey)
  const unread = rows.findIndex((row) => row.unread)
  if (place && !place.bottom) {
    const index = rows.findIndex((row) => row.message.id === place.message)
    if (index >= 0) return { bottom: false, index, align: 'start', offset: place.offset }
  }
  if (unread > 0) return { bottom: false, index: unread, align: 'start', offset: -96 }
  return bottom
}
