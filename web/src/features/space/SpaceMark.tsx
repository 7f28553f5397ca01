// A space's emoji, or the first letter of its name on a quiet colour of its own.

import type { CSSProperties } from 'react'
import type { Space } from '../../protocol'
import { hueOf } from '../../ui/Avatar'

export function SpaceMark({ space, size = 20 }: { space: Space; size?: number }) {
  const style = { width: size, height: size, fontSize: Math.round(size * 0.6), lineHeight: 1 }
  if (space.icon) {
    return (
      <span
        aria-hidden="true"
        className="flex shrink-0 select-none items-center justify-center"
        style={{ ...style, fontSize: Math.round(size * 0.8) }}
      >
        {space.icon}
      </span>
    )
  }
  return (
    <span
      aria-hidden="true"
      className="avatar flex shrink-0 select-none items-center justify-center rounded-sm font-semibold"
      style={{ ...style, '--hue': hueOf(space.id) } as CSSProperties}
    >
      {[...space.name][0]?.toUpperCase()}
    </span>
  )
}
