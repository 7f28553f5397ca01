// A key for a new project, suggested from its name. Pure but for the pinyin dictionary, which the
// caller loads.

import { syllablesOf } from '../../palette/pinyin'

/** 2 to 10 capital letters and digits, a letter first. */
export const PROJECT_KEY = /^[A-Z][A-Z0-9]{1,9}$/

/** `Mobile app` -> `MA`, `Engineering` -> `ENG`, `市场推广` -> `SCTG`; empty if nothing fits. */
export function suggestKey(name: string, taken: ReadonlySet<string>): string {
  const base = lettersOf(name)
  if (base.length < 2) return ''
  if (!taken.has(base)) return base
  for (let number = 2; number < 100; number++) {
    const key = `${base.slice(0, 8)}${number}`
    if (!taken.has(key)) return key
  }
  return ''
}

/** What may stand in the key's field: capitals and digits, at most 10. */
export function cleanKey(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^[0-9]+/, '')
    .slice(0, 10)
}

function lettersOf(name: string): string {
  const text = name.normalize('NFKC').trim()
  const sounds = syllablesOf(text)
  if (sounds) {
    const initials = sounds.map((syllable) => syllable[0]?.[0] ?? '').join('')
    return cleanKey(initials).slice(0, 5)
  }
  const words = text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
  if (words.length > 1) return cleanKey(words.map((word) => word[0]).join('')).slice(0, 5)
  return cleanKey(words[0] ?? '').slice(0, words[0]?.length === 4 ? 4 : 3)
}
