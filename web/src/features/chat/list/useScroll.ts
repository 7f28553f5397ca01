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

/** What is remembered between drawings. */
interface Standing {
  /** At the end, and stays there when more comes. */
  stuck: boolean
  /** Where it stood last, px. */
  offset: number
  /** What it was put at first: a linked message's seq, or its place. */
  placed: number | 'place' | null
  /** The linked message whose surroundings were asked for. */
  asked: number | null
}

type Latest = { current: ScrollOptions }

/** Everything about where the list stands. */
export function useScroll(options: ScrollOptions) {
  const { scroller, rows, placeKey } = options
  const latest = useRef(options)
  latest.current = options
  const [standing] = useState<Standing>(() => ({
    stuck: true,
    offset: 0,
    placed: null,
    asked: null,
  }))
  const before = useRef<Ends>({ first: undefined, last: undefined })
  const shift = prepended(before.current.first, rows)
  const cache = useHeights(placeKey, rows)
  const end = useEnd(options, latest, standing)
  const { setStuck } = end

  const onScroll = useCallback(
    (offset: number) => {
      const element = scroller.current
      if (!element || standing.placed === null) return
      const left = element.scrollHeight - element.clientHeight - offset
      // Growing content is no scrolling: only moving up lets go of the end.
      if (left <= BOTTOM_PX) setStuck(true)
      else if (offset < standing.offset - 1) setStuck(false)
      standing.offset = offset
      const { hasOlder, hasNewer, loadOlder, loadNewer } = latest.current.messages
      if (hasOlder && offset < FETCH_PX) void loadOlder()
      if (hasNewer && left < FETCH_PX) void loadNewer()
    },
    [scroller, standing, setStuck],
  )
  const { found, settled } = useBeginning(options, latest, standing, end, onScroll)
  const fresh = useNewRows(options, standing, end, before, shift)
  useLeaving(placeKey, latest, standing)
  const { away, toBottom, stick } = end
  return { shift, cache, settled, away, fresh, found, toBottom, onScroll, onResize: stick }
}

type End = ReturnType<typeof useEnd>

/** The end of the list: whether one is there, staying there, and the way back to it. */
function useEnd({ scroller, list, messages }: ScrollOptions, latest: Latest, standing: Standing) {
  const [away, setAway] = useState(false)
  const [fresh, setFresh] = useState(0)
  const { jumpTo } = messages
  const setStuck = useCallback(
    (value: boolean) => {
      const changed = standing.stuck !== value
      standing.stuck = value
      const atEnd = value && !latest.current.messages.hasNewer
      setAway(!atEnd)
      if (atEnd) setFresh(0)
      if (changed || atEnd) latest.current.onBottom(atEnd)
    },
    [latest, standing],
  )
  const stick = useCallback(() => {
    const element = scroller.current
    if (element && standing.stuck) element.scrollTop = element.scrollHeight
  }, [scroller, standing])
  const toBottom = useCallback(() => {
    const arrive = () => {
      setStuck(true)
      list.current?.scrollToIndex(latest.current.rows.length - 1, { align: 'end' })
      requestAnimationFrame(stick)
    }
    if (!latest.current.messages.hasNewer) return arrive()
    jumpTo(null).then(() => requestAnimationFrame(arrive))
  }, [jumpTo, setStuck, stick, list, latest])
  return { away, fresh, setFresh, setStuck, stick, toBottom }
}

/** Puts the list where it begins once its rows are there, or where a link leads in it. */
function useBeginning(
  { rows, at, messages, list, scroller }: ScrollOptions,
  latest: Latest,
  standing: Standing,
  { setStuck, stick }: End,
  onScroll: (offset: number) => void,
) {
  const [found, setFound] = useState<string | null>(null)
  const [settled, setSettled] = useState(false)
  useLayoutEffect(() => {
    const wanted = at ?? 'place'
    if (rows.length === 0 || standing.placed === wanted) return
    if (at === undefined && standing.placed !== null) return
    const begin = beginning(latest.current)
    if (begin === 'elsewhere') {
      if (standing.asked !== at) void messages.jumpTo(at ?? null)
      standing.asked = at ?? null
      return
    }
    standing.placed = wanted
    standing.stuck = begin.bottom
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
        standing.offset = element.scrollTop
        // Rows above may have grown meanwhile; nobody has scrolled yet.
        setStuck(begin.bottom || left <= BOTTOM_PX)
        stick()
        setSettled(true)
        onScroll(element.scrollTop)
      })
    })
  }, [rows, at, messages.jumpTo, list, scroller, stick, setStuck, onScroll, latest, standing])
  return { found, settled }
}

interface Ends {
  first: string | undefined
  last: string | undefined
}

/** Follows new rows at the end, or counts them; answers with their number. */
function useNewRows(
  { rows, me, messages }: ScrollOptions,
  standing: Standing,
  { fresh, setFresh, stick, toBottom }: End,
  before: { current: Ends },
  shift: boolean,
): number {
  const first = rows[0]?.message.id
  const last = rows[rows.length - 1]?.message
  const { hasNewer } = messages
  // biome-ignore lint/correctness/useExhaustiveDependencies: only rows come, pages to load do not
  useLayoutEffect(() => {
    const previous = before.current
    before.current = { first, last: last?.id }
    if (previous.last === undefined || previous.last === last?.id || shift) return
    if (last?.author === me && last.local) {
      toBottom()
    } else if (standing.stuck) {
      stick()
      requestAnimationFrame(stick)
    } else if (!hasNewer) {
      const from = rows.findIndex((row) => row.message.id === previous.last)
      const came = from < 0 ? [] : rows.slice(from + 1)
      const theirs = came.filter(({ message }) => message.author !== me && !message.card).length
      setFresh((count) => count + theirs)
    }
  }, [first, last, rows, me, shift, stick, toBottom])
  return fresh
}

/** Remembers the place when one leaves. */
function useLeaving(placeKey: string, latest: Latest, standing: Standing): void {
  useLayoutEffect(() => {
    const handle = latest.current.list
    return () => {
      const view = handle.current
      const { rows, messages } = latest.current
      if (!view || rows.length === 0 || standing.placed === null) return
      const index = view.findItemIndex(view.scrollOffset)
      keepPlace(placeKey, {
        bottom: standing.stuck && !messages.hasNewer,
        message: rows[index]?.message.id ?? '',
        offset: view.scrollOffset - view.getItemOffset(index),
        cache: view.cache,
        count: rows.length,
        first: rows[0]?.message.id ?? '',
      })
    }
  }, [placeKey, latest, standing])
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
