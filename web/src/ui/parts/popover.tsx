// A small window beside its trigger, for pickers and short forms.

import { Popover as Base } from '@base-ui/react/popover'
import { useRef } from 'react'
import { cx } from '../class'
import type { PopoverProps } from '../Popover'

export function Popover(props: PopoverProps) {
  const { trigger, anchor, side = 'bottom', align = 'start', children } = props
  const actions = useRef<Base.Root.Actions | null>(null)
  return (
    <Base.Root open={props.open} onOpenChange={props.onOpenChange} actionsRef={actions}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Positioner
          anchor={anchor ?? undefined}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-50"
        >
          <Base.Popup
            aria-label={props.label}
            initialFocus={props.initialFocus}
            className={cx(
              'popup max-h-[min(560px,var(--available-height))] max-w-[calc(100vw-16px)] overflow-y-auto',
              props.className,
            )}
          >
            {typeof children === 'function' ? children(() => actions.current?.close()) : children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
