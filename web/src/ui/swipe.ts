// Swipes of a finger: what lies under it follows it sideways, and where it has gone a third of the
// way or more, something is done when it is let go. The mouse and the pen are left alone.
// Up and down stays the browser's: what can be swiped has `touch-action: pan-y` (swipe.css).

import { useEffect, useRef } from 'react'
import './swipe.css'

/** What is swiped, and what that does; a side without an action does not move. */
export interface Swipeable {
  element: HTMLElement
  right?: (() => void) | undefined
  left?: (() => void) | undefined
}

/** From here on it is known where a finger leads, px. */
const SLOP_PX = 12
/** How much more sideways than up or down, for a swipe. */
const SLOPE = 1.5
/** A swipe that begins this near to the left edge leads back, px. */
export const EDGE_PX = 24
/** The part of the width from which on it is done. */
const DONE_FROM = 1 / 3
const RETURN_MS = 160

/** Asks at each touch what would be swiped; undefined for nothing. */
export type Find = (target: Element, x: number) => Swipeable | undefined

export function useSwipe(find: Find): void {
  const latest = useRef(find)
  useEffect(() => {
    latest.current = find
  })
  useEffect(() => {
    let end = () => {}
    const onPointerDown = (event: PointerEvent) => {
      end()
      if (event.pointerType !== 'touch' || !event.isPrimary) return
      const target = event.target as Element
      const found = target.closest(TYPED) ? undefined : latest.current(target, event.clientX)
      if (found && !scrollsSideways(target, found.element)) end = follow(event, found)
    }
    document.addEventListener('pointerdown', onPointerDown)
    return () => {
      document.removeEventListener('pointerdown', onPointerDown)
      end()
    }
  }, [])
}

const TYPED = 'textarea, input, select, [contenteditable]'

/** Whether something between the two has its own way sideways: code, a table, a board. */
function scrollsSideways(target: Element, moved: Element): boolean {
  for (let at: Element | null = target; at && at !== moved; at = at.parentElement) {
    if (at.scrollWidth <= at.clientWidth + 1) continue
    if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true
  }
  return false
}

/** Follows the finger from where it came down; the result ends that and puts back what moved. */
function follow(down: PointerEvent, { element, left, right }: Swipeable): () => void {
  let moved: number | undefined
  const width = element.clientWidth
  const isReady = () => moved !== undefined && Math.abs(moved) >= width * DONE_FROM
  const onMove = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return
    const x = event.clientX - down.clientX
    const y = event.clientY - down.clientY
    if (moved === undefined) {
      if (Math.hypot(x, y) < SLOP_PX) return
      if (Math.abs(x) < Math.abs(y) * SLOPE || !(x > 0 ? right : left)) return end()
    }
    moved = Math.max(left ? -width : 0, Math.min(right ? width : 0, x))
    element.dataset.swipe = moved < 0 ? 'left' : 'right'
    element.toggleAttribute('data-swipe-ready', isReady())
    if (!isStill()) element.style.transform = `translateX(${moved}px)`
  }
  const onUp = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return
    const act = isReady() ? (element.dataset.swipe === 'left' ? left : right) : undefined
    end()
    act?.()
  }
  const end = () => {
    removeEventListener('pointermove', onMove)
    removeEventListener('pointerup', onUp)
    removeEventListener('pointercancel', end)
    if (moved === undefined) return
    putBack(element, moved)
    moved = undefined
  }
  addEventListener('pointermove', onMove)
  addEventListener('pointerup', onUp)
  addEventListener('pointercancel', end)
  return end
}

function putBack(element: HTMLElement, from: number): void {
  delete element.dataset.swipe
  element.removeAttribute('data-swipe-ready')
  element.style.transform = ''
  if (isStill()) return
  const frames = [{ transform: `translateX(${from}px)` }, { transform: 'none' }]
  element.animate(frames, { duration: RETURN_MS, easing: 'ease-out' })
}

/** Whoever wants less motion sees the sign alone. */
function isStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
