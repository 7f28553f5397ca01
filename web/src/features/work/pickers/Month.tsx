/** A month to choose a day from, with arrow keys. Weeks begin on Monday (ISO 8601). */
import clsx from 'clsx'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { language, t } from '../../../i18n'
import { addDays } from '../logic/due'

interface Props {
  /** The chosen day, `YYYY-MM-DD`. */
  day: string | null
  today: string
  onChoose: (day: string) => void
}

const KEYS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
  PageUp: -28,
  PageDown: 28,
}

/** Six weeks around the focused day. */
export function Month({ day, today, onChoose }: Props) {
  const [focus, setFocus] = useState(day ?? today)
  const byKey = useRef(false)
  const grid = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (byKey.current) grid.current?.querySelector<HTMLElement>(`[data-day="${focus}"]`)?.focus()
    byKey.current = false
  }, [focus])
  const onKeyDown = (event: KeyboardEvent) => {
    const step = KEYS[event.key]
    if (step === undefined) return
    event.preventDefault()
    byKey.current = true
    setFocus(addDays(focus, step))
  }
  const days = daysAround(focus)
  const words = new Intl.DateTimeFormat(language(), { timeZone: 'UTC', dateStyle: 'long' })
  return (
    <div>
      <Head month={focus} onStep={(months) => setFocus(addMonths(focus, months))} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys bubble from the days */}
      <div ref={grid} className="grid grid-cols-7 gap-y-0.5" onKeyDown={onKeyDown}>
        {days.slice(0, 7).map((one) => (
          <span key={one} aria-hidden className="h-6 text-center text-2xs leading-6 text-faint">
            {weekdayWord(one)}
          </span>
        ))}
        {days.map((one) => (
          <button
            key={one}
            type="button"
            data-day={one}
            tabIndex={one === focus ? 0 : -1}
            aria-label={words.format(new Date(`${one}T00:00:00Z`))}
            aria-pressed={one === day}
            className={clsx(
              'mx-auto flex size-8 items-center justify-center rounded-md text-xs',
              one === day ? 'bg-accent text-on-accent' : 'hover:bg-hover',
              one !== day && one.slice(0, 7) !== focus.slice(0, 7) && 'text-faint',
              one !== day && one === today && 'font-semibold text-accent-ink',
            )}
            onClick={() => onChoose(one)}
          >
            {Number(one.slice(8))}
          </button>
        ))}
      </div>
    </div>
  )
}

function Head({ month, onStep }: { month: string; onStep: (months: number) => void }) {
  const words = new Intl.DateTimeFormat(language(), {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
  })
  const button = 'flex size-7 items-center justify-center rounded-md text-soft hover:bg-hover'
  return (
    <div className="flex items-center justify-between">
      <button
        type="button"
        className={button}
        aria-label={t('work.month_before')}
        onClick={() => onStep(-1)}
      >
        <ChevronLeft size={16} aria-hidden />
      </button>
      <span className="text-sm font-medium" aria-live="polite">
        {words.format(new Date(`${month.slice(0, 7)}-01T00:00:00Z`))}
      </span>
      <button
        type="button"
        className={button}
        aria-label={t('work.month_after')}
        onClick={() => onStep(1)}
      >
        <ChevronRight size={16} aria-hidden />
      </button>
    </div>
  )
}

function weekdayWord(day: string): string {
  return new Intl.DateTimeFormat(language(), { timeZone: 'UTC', weekday: 'narrow' }).format(
    new Date(`${day}T00:00:00Z`),
  )
}

/** The first of the month some months away. */
function addMonths(day: string, months: number): string {
  const at = new Date(`${day.slice(0, 7)}-01T00:00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + months)
  return at.toISOString().slice(0, 10)
}

/** Six whole weeks that hold the month, Monday first. */
function daysAround(day: string): string[] {
  const first = `${day.slice(0, 7)}-01`
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7
  return Array.from({ length: 42 }, (_, at) => addDays(first, at - weekday))
}
