// What completes first in the conversation around. By context and not as a prop of its messages:
// it changes whenever somebody else speaks, and no message needs to be drawn anew for that.

import { createContext, useContext } from 'react'
import type { Surroundings } from './useOptions'

export const AroundContext = createContext<Surroundings | null>(null)

/** Within a conversation; throws outside of one. */
export function useAround(): Surroundings {
  const around = useContext(AroundContext)
  if (!around) throw new Error('an editor stands outside of a conversation')
  return around
}
