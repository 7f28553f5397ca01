// Lines of a list that are put in order by dragging them at a handle.

import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import {
  attachClosestEdge,
  extractClosestEdge,
} from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'
import { type RefObject, useEffect, useRef, useState } from 'react'

export type Edge = 'top' | 'bottom'

interface Order {
  /** Lines of one kind change places with each other alone. */
  kind: string
  id: string
  locked: boolean
  /** Another line was dropped at an edge of this one. */
  onPlace: (id: string, edge: Edge) => void
}

/** The edge where a dragged line would come to lie. */
export function useOrder(
  line: RefObject<HTMLElement | null>,
  handle: RefObject<HTMLElement | null>,
  { kind, id, locked, onPlace }: Order,
): Edge | null {
  const [edge, setEdge] = useState<Edge | null>(null)
  const latest = useRef(onPlace)
  useEffect(() => {
    latest.current = onPlace
  })
  useEffect(() => {
    if (!line.current || !handle.current || locked) return
    const near = (data: Record<string | symbol, unknown>): Edge | null => {
      const found = extractClosestEdge(data)
      return found === 'top' || found === 'bottom' ? found : null
    }
    return combine(
      draggable({
        element: line.current,
        dragHandle: handle.current,
        getInitialData: () => ({ [kind]: id }),
      }),
      dropTargetForElements({
        element: line.current,
        canDrop: ({ source }) => typeof source.data[kind] === 'string',
        getData: ({ input, element }) =>
          attachClosestEdge({}, { input, element, allowedEdges: ['top', 'bottom'] }),
        onDrag: ({ self, source }) => setEdge(source.data[kind] === id ? null : near(self.data)),
        onDragLeave: () => setEdge(null),
        onDrop: ({ self, source }) => {
          setEdge(null)
          const found = near(self.data)
          if (found && source.data[kind] !== id) latest.current(String(source.data[kind]), found)
        },
      }),
    )
  }, [kind, id, locked, line, handle])
  return edge
}
