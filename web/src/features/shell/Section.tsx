// A part of the side bar that can be folded; remembered on this device.

import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { t } from '../../i18n'
import { cx } from '../../ui/class'

interface SectionProps {
  id: string
  name: string
  action: ReactNode
  /** What it says instead of rows. */
  empty: string | undefined
  children: ReactNode
}

export function Section({ id, name, action, empty, children }: SectionProps) {
  const [isOpen, setOpen] = useFolded(id)
  return (
    <section aria-label={name} className="group/section mt-4">
      <div className="flex h-7 items-center pr-0.5">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={t('shell.section_toggle', { section: name })}
          onClick={() => setOpen(!isOpen)}
          className="flex min-w-0 flex-1 items-center gap-1 rounded-md px-1 py-0.5 font-medium text-faint text-sm hover:text-ink"
        >
          <ChevronRight
            size={14}
            aria-hidden="true"
            className={cx('transition-transform duration-(--quick)', isOpen && 'rotate-90')}
          />
          <span className="truncate">{name}</span>
        </button>
        {action}
      </div>
      {isOpen && (empty ? <p className="px-2 py-1 text-faint text-sm">{empty}</p> : children)}
    </section>
  )
}

function useFolded(id: string): [boolean, (isOpen: boolean) => void] {
  const key = `tenon.section.${id}`
  const [isOpen, setOpen] = useState(() => {
    try {
      return localStorage.getItem(key) !== 'folded'
    } catch {
      return true
    }
  })
  const set = (next: boolean) => {
    setOpen(next)
    try {
      localStorage.setItem(key, next ? 'open' : 'folded')
    } catch {
      // Without storage it holds for this page.
    }
  }
  return [isOpen, set]
}
