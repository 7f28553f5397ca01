/**
 * How well a text answers what somebody typed: whole, prefix, start of a word, inside, initials,
 * or by pinyin (full, initials, or both mixed: `zhangs`, `zs`). Used by the palette and by every
 * picker; pure.
 */
import { simplified, syllablesOf } from './pinyin'

/** Best to worst; 0 is no match. Gaps leave room for a caller's own weights. */
export const SCORE = {
  whole: 1000,
  prefix: 900,
  word: 700,
  soundStart: 650,
  inside: 500,
  sound: 450,
  initials: 400,
} as const

/** The score of one text, 0 if it does not match. `query` comes from `fold`. */
export function scoreText(text: string, query: string): number {
  if (query === '') return 1
  const folded = fold(text)
  if (folded === query) return SCORE.whole
  const at = folded.indexOf(query)
  if (at === 0) return SCORE.prefix - lengthCost(folded)
  if (at > 0 && isWordStart(folded, at)) return SCORE.word - lengthCost(folded)
  const sound = scoreSound(text, query)
  if (sound === SCORE.soundStart) return sound - lengthCost(folded)
  if (at > 0) return SCORE.inside - lengthCost(folded)
  if (sound > 0) return sound - lengthCost(folded)
  if (query.length > 1 && initialsOf(folded).startsWith(query.replaceAll(' ', '')))
    return SCORE.initials - lengthCost(folded)
  return 0
}

/** The best of several texts; every word of the query must match one of them. */
export function scoreTexts(texts: readonly string[], query: string): number {
  const whole = best(texts, query)
  if (whole > 0 || !query.includes(' ')) return whole
  let least = Number.POSITIVE_INFINITY
  for (const word of query.split(' ')) {
    least = Math.min(least, best(texts, word))
    if (least === 0) return 0
  }
  return least - 50
}

/**
 * What is compared: compatibility forms unified (`Ａ` is `a`), lower case, simplified characters,
 * single spaces.
 */
export function fold(text: string): string {
  return simplified(text.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' '))
}

/** The matching candidates, best first; equals keep their order. */
export function rankBy<T>(
  candidates: readonly T[],
  query: string,
  texts: (candidate: T) => readonly string[],
  weight: (candidate: T) => number = () => 0,
): T[] {
  const folded = fold(query)
  const scored: { candidate: T; score: number; at: number }[] = []
  candidates.forEach((candidate, at) => {
    const score = scoreTexts(texts(candidate), folded)
    if (score > 0) scored.push({ candidate, score: score + weight(candidate), at })
  })
  scored.sort((a, b) => b.score - a.score || a.at - b.at)
  return scored.map(({ candidate }) => candidate)
}

function best(texts: readonly string[], query: string): number {
  let most = 0
  for (const text of texts) most = Math.max(most, scoreText(text, query))
  return most
}

/** Short texts win among equals. */
function lengthCost(text: string): number {
  return Math.min(40, text.length / 4)
}

function isWordStart(text: string, at: number): boolean {
  return !/[\p{Letter}\p{Number}]/u.test(text[at - 1] ?? '')
}

function initialsOf(text: string): string {
  return (text.match(/(?<![a-z0-9])[a-z0-9]/g) ?? []).join('')
}

function scoreSound(text: string, query: string): number {
  const typed = query.replaceAll(' ', '').replaceAll("'", '')
  if (!/^[a-z0-9]+$/.test(typed)) return 0
  const syllables = syllablesOf(text)
  if (!syllables) return 0
  for (let start = 0; start < syllables.length; start++) {
    if (consumes(syllables, start, typed, 0)) return start === 0 ? SCORE.soundStart : SCORE.sound
  }
  return 0
}

/** Whether `typed` from `at` is a run of beginnings of the syllables from `index`. */
function consumes(syllables: string[][], index: number, typed: string, at: number): boolean {
  if (at === typed.length) return true
  const sounds = syllables[index]
  if (!sounds) return false
  for (const sound of sounds) {
    let length = 0
    while (length < sound.length && typed[at + length] === sound[length]) length++
    // The longest beginning first, then shorter ones: `xian` is also `xi` + `an`.
    for (; length > 0; length--) {
      if (consumes(syllables, index + 1, typed, at + length)) return true
    }
  }
  return false
}
