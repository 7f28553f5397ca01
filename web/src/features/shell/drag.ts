// Rows and sections of the side bar under the mouse: what can be taken, and where it may fall.
// A chunk of its own: the library comes when somebody has a mouse. Keys and touch use the menus.

import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import {
  attachClosestEdge,
  extractClosestEdge,
} from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'
import { moveSection, placeRow, rowKey, type SideBarRow } from '../../model/side_bar'
import type { Arm, DragPart } from './useDrag'

type Given = Record<string | symbol, unknown>

/** Makes the element draggable, and a place to drop on. */
export const arm: Arm = (element, part, show) => {
  const move = ({ self }: { self: { data: Given } }) =>
    show(extractClosestEdge(self.data) ?? 'inside')
  return combine(
    draggable({
      element: part.handle ?? element,
      getInitialData: () => ({ ...part, handle: undefined }),
    }),
    dropTargetForElements({
      element,
      canDrop: ({ source }) => fits(part, source.data),
      getData: ({ input, source }) =>
        isBeside(part, source.data)
          ? attachClosestEdge(given(part), { element, input, allowedEdges: ['top', 'bottom'] })
          : given(part),
      onDragEnter: move,
      onDrag: move,
      onDragLeave: () => show(null),
      onDrop: () => show(null),
    }),
  )
}

/** Carries out drops. */
export function watchDrops(sections: () => readonly { id: string; rows: SideBarRow[] }[]) {
  return monitorForElements({
    canMonitor: ({ source }) => 'section' in source.data,
    onDrop: ({ source, location }) => {
      const target = location.current.dropTargets[0]
      if (target) drop(sections(), source.data as never, target.data)
    },
  })
}

const given = ({ section, row, takes }: DragPart): Given => ({ section, row, takes })

/** A row falls on rows and sections, a section on sections. */
function fits(part: DragPart, source: Given): boolean {
  return source.row ? !part.row || part.takes : !part.row && source.section !== part.section
}

/** Whether it falls above or below, rather than into. */
function isBeside(part: DragPart, source: Given): boolean {
  return source.row ? part.row !== undefined : true
}

function drop(
  sections: readonly { id: string; rows: SideBarRow[] }[],
  source: DragPart,
  target: Given,
): void {
  const isBelow = extractClosestEdge(target) === 'bottom'
  const { section, row, takes } = target as unknown as DragPart
  if (!source.row) {
    const others = sections.map(({ id }) => id).filter((id) => id !== source.section)
    const at = others.indexOf(section) + (isBelow ? 1 : 0)
    moveSection(source.section, others[at - 1] ?? null)
    return
  }
  const moved = rowKey(source.row)
  if (!row) {
    placeRow(source.row, takes ? section : undefined)
    return
  }
  const rows = sections.find(({ id }) => id === section)?.rows ?? []
  const others = rows.filter((each) => rowKey(each) !== moved)
  const at = others.findIndex((each) => rowKey(each) === rowKey(row))
  // Dropped on itself.
  if (at < 0) return
  placeRow(source.row, section, others[isBelow ? at : at - 1] ?? null)
}
