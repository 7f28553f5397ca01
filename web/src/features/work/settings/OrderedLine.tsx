import { GripVertical } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { t } from '../../../i18n'
import { DropLine } from '../../../ui/DropLine'
import { type Edge, useOrder } from '../useOrder'

interface Props {
  /** Lines of one kind change places with each other alone. */
  kind: string
  id: string
  /** What the handle is called. */
  label: string
  locked: boolean
  onShift: (by: number) => void
  onPlace: (id: string, edge: Edge) => void
  children: ReactNode
}

/** A line of a list that is put in order, by dragging its handle or with the arrow keys on it. */
export function OrderedLine({ kind, id, label, locked, onShift, onPlace, children }: Props) {
  const line = useRef<HTMLLIElement>(null)
  const handle = useRef<HTMLButtonElement>(null)
  const edge = useOrder(line, handle, { kind, id, locked, onPlace })
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (by === 0) return
    event.preventDefault()
    onShift(by)
    // The row keeps its key, so the handle keeps the focus once it has moved.
    requestAnimationFrame(() => handle.current?.focus())
  }
  return (
    <li
      ref={line}
      className="relative flex min-h-12 items-center gap-2 border-line border-b px-2 py-1.5
        last:border-b-0 max-md:flex-wrap"
    >
      <DropLine edge={edge} />
      <button
        ref={handle}
        type="button"
        disabled={locked}
        aria-label={label}
        title={t('work.state_order_hint')}
        className="flex size-6 shrink-0 cursor-grab items-center justify-center rounded-sm
          text-faint enabled:hover:bg-hover disabled:invisible"
        onKeyDown={onKeyDown}
      >
        <GripVertical size={14} aria-hidden />
      </button>
      {children}
    </li>
  )
}
