// Where what is being dragged would go: a line at the top or bottom edge of its neighbour.

import { cx } from './class'

/** In a parent that is `relative`. Nothing where there is no edge. */
export function DropLine({ edge }: { edge: string | null | undefined }) {
  if (edge !== 'top' && edge !== 'bottom') return null
  return (
    <span
      aria-hidden
      className={cx(
        'pointer-events-none absolute inset-x-2 z-10 h-0.5 rounded-full bg-accent',
        edge === 'top' ? '-top-px' : '-bottom-px',
      )}
    />
  )
}
