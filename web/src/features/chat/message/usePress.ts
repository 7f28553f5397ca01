// A long press of a finger: held still for a moment. The mouse and the pen are left alone.

import { type PointerEvent, useRef } from 'react'

/** How long a finger rests, ms. */
const HOLD_MS = 450
/** How far it may tremble, px. */
const MOVE_MAX = 10

/** Handlers for the element; a press that scrolls or ends early does nothing. */
export function usePress(onPress: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const from = useRef({ x: 0, y: 0 })
  const cancel = () => clearTimeout(timer.current)
  return {
    onPointerDown(event: PointerEvent) {
      cancel()
      if (event.pointerType !== 'touch') return
      if ((event.target as Element).closest('a, button, textarea, input')) return
      from.current = { x: event.clientX, y: event.clientY }
      timer.current = setTimeout(() => {
        ignoreRelease()
        onPress()
      }, HOLD_MS)
    },
    onPointerMove(event: PointerEvent) {
      const { x, y } = from.current
      if (Math.hypot(event.clientX - x, event.clientY - y) > MOVE_MAX) cancel()
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
  }
}

/** What a browser makes of a finger that is let go. */
const RELEASE = ['touchend', 'mousedown', 'mouseup', 'click', 'contextmenu'] as const
/** What begins something else. */
const NEXT = ['pointerdown', 'keydown'] as const

/** The finger is still down: what has come under it meanwhile is not what it lets go on. */
function ignoreRelease(): void {
  const ignore = (event: Event) => {
    if (event.cancelable) event.preventDefault()
    event.stopPropagation()
  }
  const end = (event: Event) => {
    // A second finger does not lift the first.
    if ('isPrimary' in event && !event.isPrimary) return
    for (const name of RELEASE) removeEventListener(name, ignore, true)
    for (const name of NEXT) removeEventListener(name, end, true)
  }
  for (const name of RELEASE) addEventListener(name, ignore, { capture: true, passive: false })
  for (const name of NEXT) addEventListener(name, end, true)
}
