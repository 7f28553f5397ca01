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
      timer.current = setTimeout(onPress, HOLD_MS)
    },
    onPointerMove(event: PointerEvent) {
      const { x, y } = from.current
      if (Math.hypot(event.clientX - x, event.clientY - y) > MOVE_MAX) cancel()
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
  }
}
