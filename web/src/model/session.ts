// Signing in and out, and how far the start has come.

import type { InvitationPreview, PasswordReset, SetupStatus, SignedIn } from '../protocol'
import { client, type SessionState } from '../sync/client'
import { useWatch } from './watch'

export type { SessionState }

export function useSession(): SessionState {
  return useWatch('session', () => client.session())
}

/** Asks the server again, from the page that says it cannot be reached. */
export function reconnect(): void {
  void client.arrive()
}

/** The reader's e-mail address; empty until the server has said it. */
export function useEmail(): string {
  return useWatch('session', () => client.email ?? '')
}

/** Whether the first workspace has yet to be made, and the demo's accounts. */
export function loadSetup(): Promise<SetupStatus> {
  return client.get<SetupStatus>('/setup')
}

/** Throws `Refused` with `wrong_credentials` or `rate_limited`. */
export async function signIn(email: string, password: string): Promise<void> {
  await client.signedIn(await client.post<SignedIn>('/sessions', { email, password }))
}

export interface Person {
  name: string
  email: string
  password: string
}

/** First run: makes the workspace and its owner. Throws `Refused`. */
export async function setUp(workspaceName: string, person: Person): Promise<void> {
  const body = { workspace_name: workspaceName, ...person, ...surroundings() }
  await client.signedIn(await client.post<SignedIn>('/setup', body))
}

/** Throws `Refused` with `not_found` when the link does not work any more. */
export function loadInvitation(secret: string): Promise<InvitationPreview> {
  return client.get<InvitationPreview>(`/invitations/${encodeURIComponent(secret)}`)
}

export async function acceptInvitation(secret: string, person: Person): Promise<void> {
  const path = `/invitations/${encodeURIComponent(secret)}/accept`
  await client.signedIn(await client.post<SignedIn>(path, { ...person, ...surroundings() }))
}

/** Mails a link to whoever has this address, and does not tell whether anybody has. */
export function forgotPassword(email: string): Promise<void> {
  return client.post('/password-resets', { email })
}

/** Throws `Refused` with `not_found` when the link does not work any more. */
export function loadReset(secret: string): Promise<PasswordReset> {
  return client.get<PasswordReset>(`/password-resets/${encodeURIComponent(secret)}`)
}

/** Sets the password and signs in. */
export async function resetPassword(secret: string, password: string): Promise<void> {
  const path = `/password-resets/${encodeURIComponent(secret)}`
  await client.signedIn(await client.post<SignedIn>(path, { password }))
}

export function signOut(): Promise<void> {
  return client.signOut()
}

function surroundings() {
  const language = document.documentElement.lang === 'zh-CN' ? 'zh-CN' : 'en'
  return { language, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone }
}
