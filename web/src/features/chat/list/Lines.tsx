// What stands between messages: the line of a day, the line of what is new, and the beginning.

import { useEffect, useRef } from 'react'
import { t } from '../../../i18n'
import { formatDay, formatFull } from '../../../i18n/format'

export function DayLine({ day }: { day: string }) {
  return (
    <div className="flex items-center gap-3 px-5 pt-4 pb-1 max-md:px-4">
      <div className="h-px flex-1 bg-line" />
      <h2 className="text-faint text-xs" title={formatFull(day)}>
        {formatDay(day)}
      </h2>
      <div className="h-px flex-1 bg-line" />
    </div>
  )
}

/** `onSeen`: it has come into sight. */
export function UnreadLine({ onSeen }: { onSeen?: (() => void) | undefined }) {
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!line.current || !onSeen) return
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) onSeen()
    })
    observer.observe(line.current)
    return () => observer.disconnect()
  }, [onSeen])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule with words on it
    <div
      ref={line}
      role="separator"
      aria-label={t('chat.new_from_here')}
      className="flex items-center gap-2 px-5 pt-2 max-md:px-4"
    >
      <div className="h-px flex-1 bg-accent" />
      <span aria-hidden className="font-medium text-2xs text-accent-ink">
        {t('chat.new')}
      </span>
    </div>
  )
}
