// A hint beside what the pointer or the focus rests on. Never the only place of a fact.

import { Tooltip as Base } from '@base-ui/react/tooltip'
import { Kbd } from '../Kbd'
import type { TooltipProps } from '../Tooltip'

export function Tooltip({ text, shortcut, side = 'top', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={450} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="popup flex max-w-80 items-center gap-2 px-2 py-1 text-xs">
            <span>{text}</span>
            {shortcut && <Kbd keys={shortcut} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
