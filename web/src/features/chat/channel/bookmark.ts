// What a reader types for an address, made into one that can be kept. Pure.

/** A key such as `ENG-42`. */
const KEY = /^[A-Za-z][A-Za-z0-9]{1,9}-\d+$/

/** The whole address, or null for what is none: only http and https are kept. */
export function addressOf(typed: string, origin: string): string | null {
  const text = typed.trim()
  if (KEY.test(text)) return `${origin}/t/${text.toUpperCase()}`
  if (text === '' || /\s/.test(text)) return null
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[\w.-]+:\d+/.test(text)
  try {
    const url = new URL(whole ? text : `https://${text}`)
    const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
    const isNamed = whole || url.hostname.includes('.') || url.hostname === 'localhost'
    return isWeb && isNamed && url.username === '' ? url.href : null
  } catch {
    return null
  }
}

/** What a task's address is called if nobody says: by its key. */
export function titleOf(url: string, origin: string): string {
  return /^\/t\/([^/?#]+)/.exec(pathOf(url, origin) ?? '')?.[1]?.toUpperCase() ?? ''
}

/** The path within this UI, or null for an address elsewhere. */
export function pathOf(url: string, origin: string): string | null {
  try {
    const { origin: there, pathname, search, hash } = new URL(url)
    return there === origin ? pathname + search + hash : null
  } catch {
    return null
  }
}

/**
 * Behind which bookmark one stands that is put before or behind another; null for the front.
 * Undefined where it stands already.
 */
export function placeBeside(
  ids: readonly string[],
  moved: string,
  beside: string,
  isBehind: boolean,
): string | null | undefined {
  const others = ids.filter((id) => id !== moved)
  const at = others.indexOf(beside) + (isBehind ? 1 : 0)
  if (moved === beside || ids.indexOf(moved) === at) return undefined
  return others[at - 1] ?? null
}
