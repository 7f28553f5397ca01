// The replies of a thread as one long list of which only what is near the view is drawn: ten
// thousand of them open as fast as ten. Called by the thread pane.

import { type ReactNode, type Ref, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { estimate, ROW_PX } from '../list/height'
import { DayLine } from '../list/Lines'
import type { Row } from '../list/rows'

/** How far around what is in sight rows are kept drawn, px. */
const BUFFER_PX = 300

interface Props {
  rows: readonly Row[]
  scroller: { current: HTMLElement | null }
  /** Older replies came in above with this drawing. */
  shift: boolean
  /** How high what stands above them is, px. */
  margin: number
  /** Ids of rows that stay drawn, wherever they are. */
  keep: readonly (string | null)[]
  onResize(): void
  draw(row: Row): ReactNode
  ref: Ref<VirtualizerHandle>
}

export function Replies({ rows, scroller, shift, margin, keep, onResize, draw, ref }: Props) {
  const [cache] = useState(() => estimate(rows, scroller.current?.clientWidth ?? 0))
  const kept = rows.flatMap(({ message }, index) => (keep.includes(message.id) ? index : []))
  return (
    <Virtualizer
      ref={ref}
      scrollRef={scroller}
      data={rows}
      shift={shift}
      cache={cache}
      itemSize={ROW_PX}
      startMargin={margin}
      bufferSize={BUFFER_PX}
      keepMounted={kept}
      onResize={onResize}
    >
      {(row: Row, index: number) => (
        <div key={row.message.id}>
          {row.day && index > 0 && <DayLine day={row.day} />}
          {draw(row)}
        </div>
      )}
    </Virtualizer>
  )
}
