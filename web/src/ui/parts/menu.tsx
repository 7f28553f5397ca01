// Menus: of a button, and of the right mouse button. Arrow keys, type-ahead, Escape.

import { ContextMenu as Context } from '@base-ui/react/context-menu'
import { Menu as Base } from '@base-ui/react/menu'
import { Check, ChevronRight } from 'lucide-react'
import { cx } from '../class'
import { Kbd } from '../Kbd'
import type {
  MenuCheckProps,
  MenuGroupProps,
  MenuItemProps,
  MenuProps,
  MenuSubProps,
} from '../Menu'

const popup = 'popup max-h-(--available-height) min-w-44 overflow-y-auto p-1'
const item =
  'flex min-h-8 select-none items-center gap-2 rounded-md px-2 text-base data-disabled:opacity-50 data-highlighted:bg-hover finger:min-h-10'

export function Menu(props: MenuProps) {
  const { trigger, side = 'bottom', align = 'end', className, children } = props
  return (
    <Base.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50"
        >
          <Base.Popup className={cx(popup, className)}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** The same items at the pointer, on a right click or a long press. */
export function ContextMenu({ trigger, children, className }: MenuProps) {
  return (
    <Context.Root>
      <Context.Trigger render={trigger} />
      <Context.Portal>
        <Context.Positioner collisionPadding={8} className="z-50">
          <Context.Popup className={cx(popup, className)}>{children}</Context.Popup>
        </Context.Positioner>
      </Context.Portal>
    </Context.Root>
  )
}

export function MenuItem({ icon, shortcut, danger, disabled, onClick, children }: MenuItemProps) {
  return (
    <Base.Item className={cx(item, danger && 'text-urgent')} disabled={disabled} onClick={onClick}>
      {icon && <span className="flex w-4 justify-center text-faint">{icon}</span>}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut && (
        <span className="finger:hidden">
          <Kbd keys={shortcut} />
        </span>
      )}
    </Base.Item>
  )
}

/** An item with a tick: a choice, or one of several. */
export function MenuCheck({ checked, onChange, icon, closes, children }: MenuCheckProps) {
  return (
    <Base.CheckboxItem
      className={item}
      checked={checked}
      onCheckedChange={onChange}
      closeOnClick={closes}
    >
      {icon && <span className="flex w-4 justify-center text-faint">{icon}</span>}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <Base.CheckboxItemIndicator>
        <Check size={14} aria-hidden="true" />
      </Base.CheckboxItemIndicator>
    </Base.CheckboxItem>
  )
}

/** A menu beside its item. */
export function MenuSub(props: MenuSubProps) {
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger className={item}>
        {props.icon && <span className="flex w-4 justify-center text-faint">{props.icon}</span>}
        <span className="min-w-0 flex-1 truncate">{props.label}</span>
        <ChevronRight size={14} aria-hidden="true" />
      </Base.SubmenuTrigger>
      <Base.Portal>
        <Base.Positioner sideOffset={2} collisionPadding={8} className="z-50">
          <Base.Popup className={popup}>{props.children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.SubmenuRoot>
  )
}

export function MenuGroup({ label, children }: MenuGroupProps) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-2 pb-1 font-medium text-faint text-xs">
        {label}
      </Base.GroupLabel>
      {children}
    </Base.Group>
  )
}

export function MenuLine() {
  return <Base.Separator className="my-1 h-px bg-line" />
}
