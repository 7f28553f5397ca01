// Who was signed in on this device, so that the next start opens from disk without asking.

export interface KnownSession {
  workspace: string
  member: string
}

const KEY = 'tenon.session'

export function knownSession(): KnownSession | undefined {
  try {
    const text = localStorage.getItem(KEY)
    return text ? (JSON.parse(text) as KnownSession) : undefined
  } catch {
    return undefined
  }
}

export function rememberSession(session: KnownSession | undefined): void {
  try {
    if (session) localStorage.setItem(KEY, JSON.stringify(session))
    else localStorage.removeItem(KEY)
  } catch {
    // Without storage every start asks the server.
  }
}
