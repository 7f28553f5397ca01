// Who was signed in on this device, so that the next start opens from disk without asking.

export interface KnownSession {
  workspace: string
  member: string
}

const KEY = 'tenon.session'
const LEAVING = 'tenon.leaving'

export function knownSession(): KnownSession | undefined {
  try {
    const text = localStorage.getItem(KEY)
    return text ? (JSON.parse(text) as KnownSession) : undefined
  } catch {
    return undefined
  }
}

export function rememberSession(session: KnownSession | undefined): void {
  write(KEY, session && JSON.stringify(session))
}

/** Whether somebody signed out here and the server has not been told yet. */
export function isLeaving(): boolean {
  try {
    return localStorage.getItem(LEAVING) !== null
  } catch {
    return false
  }
}

export function rememberLeaving(leaving: boolean): void {
  write(LEAVING, leaving ? 'yes' : undefined)
}

function write(key: string, text: string | undefined): void {
  try {
    if (text === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    // Without storage every start asks the server.
  }
}
