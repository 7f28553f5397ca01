/**
 * Chinese text for searching: by sound (pinyin), and traditional characters as simplified ones.
 * What that needs are chunks of their own, loaded when a picker or the palette first opens; until
 * then Chinese matches by its very characters alone.
 */
type Dictionary = typeof import('pinyin-pro')

/** Limit: texts whose syllables are remembered. */
const REMEMBERED_MAX = 20_000
const HAN = /\p{Script=Han}/u

let dictionary: Dictionary | null = null
let loading: Promise<void> | null = null
const remembered = new Map<string, string[][]>()
const simple = new Map<string, string>()

/**
 * Loads the dictionary once; resolves when `syllablesOf` knows sounds and `simplified` knows
 * characters. Never rejects.
 */
export function loadPinyin(): Promise<void> {
  loading ??= Promise.all([import('pinyin-pro'), import('./traditional')]).then(
    ([module, { PAIRS }]) => {
      dictionary = module
      const letters = [...PAIRS]
      for (let at = 0; at < letters.length; at += 2) {
        simple.set(letters[at] ?? '', letters[at + 1] ?? '')
      }
    },
    () => {
      // Offline before the first load: searching by characters still works; try again later.
      loading = null
    },
  )
  return loading
}

/** Whether the dictionary is there. */
export function hasPinyin(): boolean {
  return dictionary !== null
}

/** Simplified characters for traditional ones, the same ones as the server's search takes. */
export function simplified(text: string): string {
  if (simple.size === 0 || !HAN.test(text)) return text
  let result = ''
  for (const letter of text) result += simple.get(letter) ?? letter
  return result
}

/**
 * For each character the ways it may be typed, without tones: `重庆2` -> `[[zhong, chong], [qing],
 * [2]]`. Null for text without Chinese characters, or while the dictionary is not there.
 */
export function syllablesOf(text: string): string[][] | null {
  if (!dictionary || !HAN.test(text)) return null
  const known = remembered.get(text)
  if (known) return known
  const { polyphonic } = dictionary
  const syllables: string[][] = []
  for (const char of text) {
    if (HAN.test(char)) {
      const sounds = polyphonic(char, { toneType: 'none', type: 'array' })[0] ?? []
      syllables.push([...new Set(sounds.map((sound) => sound.replace('ü', 'v')))])
    } else if (char.trim() !== '') {
      syllables.push([char.toLowerCase()])
    }
  }
  if (remembered.size >= REMEMBERED_MAX) remembered.clear()
  remembered.set(text, syllables)
  return syllables
}
