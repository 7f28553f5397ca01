// Colours for a block of code that is on the screen already: the words never wait for them, and
// they take no room of their own. Called by `Fence.tsx` alone.

import { startTransition, useEffect, useReducer } from 'react'
import { afterPaint } from '../../model/paint'
import { type Colours, findColours, knownColours } from './code'

/** Limit: characters of a block with colours. */
const CODE_MAX = 20_000

/** The runs of the text; null until they are known, and where there are none. */
export function useColours(text: string, language: string): Colours {
  const [, renew] = useReducer((count: number) => count + 1, 0)
  const isWanted = language !== '' && text.length <= CODE_MAX
  const known = isWanted ? knownColours(text, language) : null
  const isMissing = known === undefined
  useEffect(() => {
    if (!isMissing) return
    return afterPaint(() => findColours(text, language, () => startTransition(renew)))
  }, [isMissing, text, language])
  return known ?? null
}
