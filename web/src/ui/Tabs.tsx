// Faces of one place. Only the row of tabs: what a tab shows is the caller's (usually a route).
// Arrow keys move between tabs, as the pattern asks.

import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { cx } from './class'

export interface TabsProps<V extends string> {
  value: V
  onChange(value: V): void
  tabs: readonly { value: V; label: ReactNode }[]
  /** Names the row for assistive technology. */
  label: string
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 }

export function Tabs<V extends string>({ value, onChange, tabs, label }: TabsProps<V>) {
  const row = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (!step) return
    const at = tabs.findIndex((tab) => tab.value === value)
    const next = (at + step + tabs.length) % tabs.length
    const tab = tabs[next]
    if (!tab) return
    event.preventDefault()
    onChange(tab.value)
    row.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus()
  }
  return (
    <div ref={row} role="tablist" aria-label={label} className="flex gap-1" onKeyDown={move}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          aria-selected={tab.value === value}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChange(tab.value)}
          className={cx(
            'reach h-7 select-none whitespace-nowrap rounded-md px-2.5 font-medium text-sm',
            tab.value === value ? 'bg-active text-ink' : 'text-faint hover:bg-hover hover:text-ink',
          )}
        >
          {tab.label}
        </button>
      ))}
    </div>
  )
}
