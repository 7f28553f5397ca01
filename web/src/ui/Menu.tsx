// Menus: of a button, and of the right mouse button. Arrow keys, type-ahead, Escape.

import type { ReactElement, ReactNode } from 'react'
import { useFloating } from './floating'

export interface MenuProps {
  /** Opens it; one element that takes a ref. */
  trigger: ReactElement<Record<string, unknown>>
  side?: 'top' | 'bottom' | 'left' | 'right'
  align?: 'start' | 'center' | 'end'
  open?: boolean
  onOpenChange?(open: boolean): void
  className?: string
  /** MenuItem, MenuCheck, MenuSub, MenuGroup, MenuLine. */
  children: ReactNode
}

export interface MenuItemProps {
  icon?: ReactNode
  /** Shown at the end, as `Mod+K`. */
  shortcut?: string
  danger?: boolean
  disabled?: boolean
  onClick(): void
  children: ReactNode
}

export interface MenuCheckProps {
  checked: boolean
  onChange(checked: boolean): void
  icon?: ReactNode
  /** Closes the menu when chosen: for a choice of one. */
  closes?: boolean
  children: ReactNode
}

export interface MenuSubProps {
  label: ReactNode
  icon?: ReactNode
  children: ReactNode
}

export interface MenuGroupProps {
  label: ReactNode
  children: ReactNode
}

export function Menu(props: MenuProps) {
  const parts = useFloating()
  return parts ? <parts.Menu {...props} /> : props.trigger
}

/** The same items at the pointer, on a right click or a long press. */
export function ContextMenu(props: MenuProps) {
  const parts = useFloating()
  return parts ? <parts.ContextMenu {...props} /> : props.trigger
}

export function MenuItem(props: MenuItemProps) {
  const parts = useFloating()
  return parts && <parts.MenuItem {...props} />
}

/** An item with a tick: a choice, or one of several. */
export function MenuCheck(props: MenuCheckProps) {
  const parts = useFloating()
  return parts && <parts.MenuCheck {...props} />
}

/** A menu beside its item. */
export function MenuSub(props: MenuSubProps) {
  const parts = useFloating()
  return parts && <parts.MenuSub {...props} />
}

export function MenuGroup(props: MenuGroupProps) {
  const parts = useFloating()
  return parts && <parts.MenuGroup {...props} />
}

export function MenuLine() {
  const parts = useFloating()
  return parts && <parts.MenuLine />
}
