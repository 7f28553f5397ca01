// Lets an element of the side bar be dragged, once the library for it is there.

import { type RefObject, useEffect, useState } from 'react'
import { afterPaint } from '../../model/paint'
import type { SideBarRow } from '../../model/side_bar'
import { persistently } from '../../ui/persistently'

export interface DragPart {
  /** Id of the section that it is or stands in. */
  section: string
  /** Absent for the section itself. */
  row?: SideBarRow
  /** Whether rows are put into the section. */
  takes: boolean
  /** What is taken hold of, if not the whole element. */
  handle?: HTMLElement | undefined
}

/** Where what is dragged would fall. */
export type Edge = 'top' | 'bottom' | 'left' | 'right' | 'inside'
export type Arm = (
  element: HTMLElement,
  part: DragPart,
  show: (edge: Edge | null) => void,
) => () => void

/** Only the mouse drags: a finger scrolls, and opens the menu. */
export const hasMouse = () => matchMedia('(pointer: fine)').matches

/** Runs it once the library is there, which is fetched after the paint. Like an effect. */
export function withDrag(
  run: (library: typeof import('./drag')) => (() => void) | undefined,
): () => void {
  return afterPaint(() => {
    let undo: (() => void) | undefined
    let isGone = false
    persistently(() => import('./drag')).then((library) => {
      if (!isGone) undo = run(library)
    })
    return () => {
      isGone = true
      undo?.()
    }
  })
}

/** Where something held over the element would fall; null if nothing is. */
export function useDrag(
  element: RefObject<HTMLElement | null>,
  { section, row, takes }: DragPart,
  handle?: RefObject<HTMLElement | null>,
  /** It stays where it is, and nothing falls on it. */
  isFixed = false,
): Edge | null {
  const [edge, setEdge] = useState<Edge | null>(null)
  const key = JSON.stringify([section, row, takes])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the parts
  useEffect(() => {
    if (isFixed || !hasMouse()) return
    return withDrag(({ arm }) => {
      if (!element.current) return
      const part = { section, row, takes, handle: handle?.current ?? undefined } as DragPart
      return arm(element.current, part, setEdge)
    })
  }, [key])
  return edge
}
