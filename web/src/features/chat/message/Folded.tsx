// The words of a message, the long ones folded: their beginning, and a button for the rest. What
// was unfolded stays so while the page lives; a link or a search that led here unfolds it.

import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { t } from '../../../i18n'
import { cx } from '../../../ui/class'

/** A text shorter than this in both ways is never measured. */
const LINES_MIN = 12
const CHARS_MIN = 600
/** What would hide less than this stays whole, px. */
const SLACK_PX = 84

/** Limit: messages of which it is remembered that they were unfolded. */
const UNFOLDED_MAX = 500
const unfolded = new Set<string>()

interface Props {
  /** Of the message. */
  id: string
  text: string
  /** Somebody was led to it. */
  wanted: boolean
  children: ReactNode
}

export function Folded(props: Props) {
  const { text, children } = props
  const isShort = text.length < CHARS_MIN && text.split('\n', LINES_MIN).length < LINES_MIN
  return isShort ? children : <Foldable {...props} />
}

function Foldable({ id, wanted, children }: Props) {
  const words = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(() => unfolded.has(id))
  const [isLong, setLong] = useState(false)
  useLayoutEffect(() => {
    const element = words.current
    if (!element) return
    const measure = () => setLong(element.scrollHeight > foldHeight() + SLACK_PX)
    measure()
    const observer = new ResizeObserver(measure)
    for (const part of element.children) observer.observe(part)
    return () => observer.disconnect()
  }, [])
  const change = (next: boolean) => {
    if (next) unfolded.add(id)
    else unfolded.delete(id)
    if (unfolded.size > UNFOLDED_MAX) unfolded.delete(unfolded.values().next().value as string)
    if (words.current) holdPlace(words.current, next)
    setOpen(next)
  }
  useEffect(() => {
    if (!wanted) return
    unfolded.add(id)
    setOpen(true)
  }, [wanted, id])
  const isFolded = isLong && !open
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the focus of what is within */}
      <div
        ref={words}
        className={cx(isFolded && 'message-folded')}
        // The keyboard came to something in the part that does not show.
        onFocus={({ target, currentTarget }) => {
          const end = currentTarget.getBoundingClientRect().bottom
          if (isFolded && target.getBoundingClientRect().bottom > end) change(true)
        }}
      >
        {children}
      </div>
      {isLong && (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => change(!open)}
          className="-ml-1 rounded-sm px-1 text-accent-ink text-sm hover:underline
            pointer-coarse:py-2.5"
        >
          {t(open ? 'chat.fold' : 'chat.unfold')}
        </button>
      )}
    </>
  )
}

/** As in chat.css, px. */
function foldHeight(): number {
  return Math.min(25 * 21, window.innerHeight * 0.6)
}

/** A list that follows its end would jump there: what one reads stays where it is. */
function holdPlace(element: HTMLElement, opens: boolean) {
  const top = element.getBoundingClientRect().top
  const settle = () => {
    const scroller = scrollerOf(element)
    const now = element.getBoundingClientRect().top
    // Folded from its end, it begins above the view: there it is again.
    const wanted = opens ? top : Math.max(top, scroller?.getBoundingClientRect().top ?? 0)
    scroller?.scrollBy({ top: now - wanted })
  }
  requestAnimationFrame(() => requestAnimationFrame(settle))
}

function scrollerOf(element: HTMLElement): HTMLElement | null {
  let each = element.parentElement
  while (each && !/auto|scroll/.test(getComputedStyle(each).overflowY)) each = each.parentElement
  return each
}
