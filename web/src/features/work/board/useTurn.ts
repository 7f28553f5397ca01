// Large parts of a screen that mount one a frame, so that the page answers in between.

import { useEffect, useState } from 'react'

/** Whether it is the turn of this part: the first one's at once, each other's a frame later. */
export function useTurn(turn: number): boolean {
  const [isDue, setDue] = useState(turn === 0)
  useEffect(() => {
    if (isDue) return
    let left = turn
    const next = () => {
      left -= 1
      if (left > 0) frame = requestAnimationFrame(next)
      else setDue(true)
    }
    let frame = requestAnimationFrame(next)
    return () => cancelAnimationFrame(frame)
  }, [isDue, turn])
  return isDue
}
