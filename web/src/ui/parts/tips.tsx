// Draws the hints that elements name with `tip()`: one at a time, for the whole page.

import { Tooltip } from '@base-ui/react/tooltip'
import { useEffect, useState } from 'react'
import { Kbd } from '../Kbd'
import type { TipSide } from '../tip'

/** From resting on something to its hint, milliseconds. */
const REST_MS = 450
/** After a hint went, the next one comes at once. */
const AWAKE_MS = 300

export function Tips() {
  const shown = useRestedOn()
  return (
    <Tooltip.Root open={shown !== null}>
      {shown && (
        <Tooltip.Portal>
          <Tooltip.Positioner
            anchor={shown}
            side={(shown.dataset.tipSide as TipSide | undefined) ?? 'top'}
            sideOffset={6}
            className="pointer-events-none z-50"
          >
            <Tooltip.Popup className="popup flex max-w-80 items-center gap-2 px-2 py-1 text-xs">
              <span>{shown.dataset.tip}</span>
              {shown.dataset.tipKeys && <Kbd keys={shown.dataset.tipKeys} />}
            </Tooltip.Popup>
          </Tooltip.Positioner>
        </Tooltip.Portal>
      )}
    </Tooltip.Root>
  )
}

/** What the mouse rests on, or the keyboard's focus went to; null once anything is done. */
function useRestedOn(): HTMLElement | null {
  const [shown, setShown] = useState<HTMLElement | null>(null)
  useEffect(() => {
    let over: HTMLElement | null = null
    let timer = 0
    let hiddenAt = Number.NEGATIVE_INFINITY
    let isShown = false
    const show = (element: HTMLElement | null) => {
      if (isShown && !element) hiddenAt = performance.now()
      isShown = element !== null
      setShown(element)
    }
    const rest = (element: HTMLElement | null, wait: number) => {
      if (element === over) return
      over = element
      clearTimeout(timer)
      const isAwake = isShown || performance.now() - hiddenAt < AWAKE_MS
      show(null)
      if (element) timer = window.setTimeout(() => show(element), isAwake ? 0 : wait)
    }
    const onOver = (event: PointerEvent) => {
      if (event.pointerType === 'mouse') rest(tipped(event.target), REST_MS)
    }
    const onFocus = ({ target }: FocusEvent) => {
      const isByKey = target instanceof Element && target.matches(':focus-visible')
      rest(isByKey ? tipped(target) : null, 0)
    }
    // What was pressed gives no hint until the pointer comes back to it.
    const onAct = () => {
      clearTimeout(timer)
      show(null)
    }
    const onOut = (event: PointerEvent) => !event.relatedTarget && rest(null, 0)
    const ends = new AbortController()
    const { signal } = ends
    document.addEventListener('pointerover', onOver, { signal })
    document.addEventListener('pointerout', onOut, { signal })
    document.addEventListener('focusin', onFocus, { signal })
    document.addEventListener('focusout', () => rest(null, 0), { signal })
    for (const act of ['pointerdown', 'keydown', 'wheel'] as const) {
      document.addEventListener(act, onAct, { signal, capture: true, passive: true })
    }
    return () => {
      clearTimeout(timer)
      ends.abort()
    }
  }, [])
  return shown?.isConnected ? shown : null
}

function tipped(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null
}
