// What a box that one types in offers below it: a listbox that the box itself leads with its keys
// (WAI-ARIA, combobox with a list), so that the focus stays in the box.

import type { ReactNode } from 'react'
import { cx } from './class'

/** One line of it. */
export interface Suggested {
  id: string
  title: string
  hint?: string | undefined
  icon: ReactNode
}

interface SuggestionsProps<T> {
  /** Of the listbox; its options are `ID-0` and so on. */
  id: string
  label: string
  items: readonly T[]
  /** Which one the keys have reached; -1 for none. */
  chosen: number
  onTake(item: T): void
  className?: string
}

export function Suggestions<T extends Suggested>(props: SuggestionsProps<T>) {
  const { id, label, items, chosen, onTake, className } = props
  return (
    <div
      id={id}
      role="listbox"
      aria-label={label}
      className={cx('popup absolute top-full left-0 z-20 mt-1 overflow-y-auto p-1', className)}
    >
      {items.map((item, at) => (
        <div
          key={item.id}
          id={optionId(id, at)}
          role="option"
          tabIndex={-1}
          aria-selected={at === chosen}
          ref={(row) => {
            if (at === chosen) row?.scrollIntoView?.({ block: 'nearest' })
          }}
          onMouseDown={(event) => {
            event.preventDefault()
            onTake(item)
          }}
          className={cx(
            'flex h-8 cursor-default items-center gap-2.5 rounded-md px-2 text-sm hover:bg-hover',
            'finger:h-10',
            at === chosen && 'bg-hover',
          )}
        >
          <span className="flex w-5 shrink-0 justify-center text-faint">{item.icon}</span>
          <span className="min-w-0 truncate">{item.title}</span>
          <span className="flex-1" />
          {item.hint && <span className="max-w-52 truncate text-faint">{item.hint}</span>}
        </div>
      ))}
    </div>
  )
}

const optionId = (list: string, at: number) => `${list}-${at}`

/** What makes an input the box of a list; `chosen` is -1 while nothing is. */
export const comboBox = (list: string, expanded: boolean, chosen: number) =>
  ({
    role: 'combobox',
    'aria-expanded': expanded,
    'aria-controls': list,
    'aria-autocomplete': 'list',
    'aria-activedescendant': chosen >= 0 ? optionId(list, chosen) : undefined,
    autoComplete: 'off',
  }) as const

/** Where an arrow key leads among so many, round about; from -1, where nothing is chosen. */
export const stepped = (at: number, step: number, count: number): number =>
  at < 0 && step < 0 ? count - 1 : (at + step + count) % count
