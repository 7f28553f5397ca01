// A card beside what the pointer rests on, for more about a name or a key.

import { PreviewCard as Base } from '@base-ui/react/preview-card'
import { cx } from '../class'
import type { HoverCardProps } from '../HoverCard'

export function HoverCard({ trigger, open, onOpenChange, className, children }: HoverCardProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger delay={350} render={trigger} />
      {open && children && (
        <Base.Portal>
          <Base.Positioner sideOffset={6} collisionPadding={8} className="z-50">
            <Base.Popup className={cx('popup p-3', className)}>{children}</Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      )}
    </Base.Root>
  )
}
