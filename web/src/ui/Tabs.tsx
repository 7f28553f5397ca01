// Faces of one place. Only the row of tabs: what a tab shows is the caller's (usually a route).

import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

export interface TabsProps<V extends string> {
  value: V
  onChange(value: V): void
  tabs: readonly { value: V; label: ReactNode }[]
  /** Names the row for assistive technology. */
  label: string
}

export function Tabs<V extends string>({ value, onChange, tabs, label }: TabsProps<V>) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(next as V)}>
      <Base.List aria-label={label} className="relative flex gap-1">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="h-7 select-none rounded-md px-2.5 font-medium text-faint text-sm hover:bg-hover hover:text-ink data-active:bg-active data-active:text-ink"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
    </Base.Root>
  )
}
