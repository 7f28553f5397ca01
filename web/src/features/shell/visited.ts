// The place where the reader was last on this device: where `/` leads.

const KEY = 'tenon.place'

export function rememberPlace(pathname: string): void {
  if (!/^\/(c|p|t|my-work)/.test(pathname)) return
  try {
    localStorage.setItem(KEY, pathname)
  } catch {
    // Without storage `/` leads to the first channel.
  }
}

export function lastPlace(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined
  } catch {
    return undefined
  }
}

/** The place is not there any more: `/` leads to the first channel. */
export function forgetPlace(): void {
  try {
    localStorage.removeItem(KEY)
  } catch {
    // Without storage nothing was remembered.
  }
}
