/** A label's dot and chip. Its hue follows from its text, so that it is the same for everyone. */
import clsx from 'clsx'

const HUES = ['bg-todo', 'bg-doing', 'bg-done', 'bg-blocked', 'bg-accent', 'bg-online'] as const

/** A dot in the label's hue. Decorative. */
export function LabelDot({ label }: { label: string }) {
  let sum = 0
  for (let at = 0; at < label.length; at++) sum = (sum * 31 + label.charCodeAt(at)) >>> 0
  return (
    <span aria-hidden className={clsx('size-2 shrink-0 rounded-full', HUES[sum % HUES.length])} />
  )
}

/** The label as it stands on cards and in the pane. */
export function LabelChip({ label }: { label: string }) {
  return (
    <span
      className="inline-flex h-5 max-w-36 items-center gap-1.5 rounded-full border border-line
        px-2 text-2xs text-soft"
    >
      <LabelDot label={label} />
      <span className="truncate">{label}</span>
    </span>
  )
}
