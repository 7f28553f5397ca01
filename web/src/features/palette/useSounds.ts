// Whether names can be searched by their sound; asks for what that needs.

import { useEffect, useState } from 'react'
import { hasPinyin, loadPinyin } from './pinyin'

/** True once pinyin can be searched; loads it when first wanted. */
export function useSounds(wanted = true): boolean {
  const [known, setKnown] = useState(hasPinyin)
  useEffect(() => {
    if (!wanted || known) return
    let here = true
    loadPinyin().then(() => here && setKnown(hasPinyin()))
    return () => {
      here = false
    }
  }, [wanted, known])
  return known
}
