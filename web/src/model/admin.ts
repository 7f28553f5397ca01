// Credentials and what administrators look after: sessions, tokens, invitations, hooks. These are
// not in the log, so they are asked for when a page shows them.

import { useCallback, useEffect, useState } from 'react'
import type {
  ChannelReports,
  Hook,
  HookCreated,
  Invitation,
  InvitationCreated,
  LimitReport,
  Member,
  Role,
  Session,
  StorageReport,
  Token,
  TokenCreated,
  TokenScope,
} from '../protocol'
import { client } from '../sync/client'
import { type Failure, Refused } from './pending'

/** A list that a page asks for. */
export interface Listed<T> {
  /** Undefined until it has come. */
  items: T[] | undefined
  failure: Failure | undefined
  reload(): void
}

function useListed<T>(path: string): Listed<T> {
  const [items, setItems] = useState<T[]>()
  const [failure, setFailure] = useState<Failure>()
  const reload = useCallback(() => {
    client.all<T>(path).then(
      (all) => {
        setItems(all)
        setFailure(undefined)
      },
      (error: unknown) => error instanceof Refused && setFailure(error.failure),
    )
  }, [path])
  useEffect(reload, [reload])
  return { items, failure, reload }
}

/** One answer that a page asks for, again every `pollMs` while `again` says so. */
function useAsked<T>(path: string, again: (value: T) => boolean, pollMs: number) {
  const [value, setValue] = useState<T>()
  const [failure, setFailure] = useState<Failure>()
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round asks anew
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let here = true
    client.get<T>(path).then(
      (next) => {
        if (!here) return
        setValue(next)
        setFailure(undefined)
        if (again(next)) timer = setTimeout(() => setRound((it) => it + 1), pollMs)
      },
      (error: unknown) => here && error instanceof Refused && setFailure(error.failure),
    )
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [path, round])
  return { value, failure, reload: () => setRound((it) => it + 1) }
}

/** How often a page asks whether a count is done. */
const COUNTING_MS = 500

export const useChannelReports = () =>
  useAsked<ChannelReports>('/administration/channels', ({ counted }) => !counted, COUNTING_MS)
export const useStorageReport = () =>
  useAsked<StorageReport>('/administration/storage', ({ counting }) => counting, COUNTING_MS)
export const useLimitReports = () => useListed<LimitReport>('/administration/limits')
export const useSessions = () => useListed<Session>('/sessions')
export const useMemberSessions = (member: string) =>
  useListed<Session>(`/members/${member}/sessions`)
export const useTokens = () => useListed<Token>('/tokens')
export const useInvitations = () => useListed<Invitation>('/invitations')
export const useHooks = () => useListed<Hook>('/hooks')

export const endSession = (id: string) => client.delete<void>(`/sessions/${id}`)
export const endMemberSession = (member: string, id: string) =>
  client.delete<void>(`/members/${member}/sessions/${id}`)
export const renewInvitation = (id: string) =>
  client.post<Invitation>(`/invitations/${id}/renew`, {})
export const revokeToken = (id: string) => client.delete<void>(`/tokens/${id}`)
export const revokeInvitation = (id: string) => client.delete<void>(`/invitations/${id}`)
export const removeHook = (id: string) => client.delete<void>(`/hooks/${id}`)

const DAY_MS = 86_400_000

/** Valid for so many days, or without an end. Throws `Refused`. */
export function createToken(
  name: string,
  scopes: TokenScope[],
  days: number | undefined,
): Promise<TokenCreated> {
  const end = days === undefined ? {} : { expires_at: new Date(Date.now() + days * DAY_MS) }
  return client.post<TokenCreated>('/tokens', { name, scopes, ...end })
}

/** What an invitation is to be. */
export interface InvitationWish {
  role: Role
  uses: number
  days: number
  spaces: string[]
  /** Mailed there. */
  email?: string | undefined
}

export function createInvitation(wish: InvitationWish): Promise<InvitationCreated> {
  return client.post<InvitationCreated>('/invitations', wish)
}

export function createHook(channel: string, name: string): Promise<HookCreated> {
  return client.post<HookCreated>('/hooks', { channel, name })
}

/** Throws `Refused`. */
export function changePassword(current: string, next: string): Promise<void> {
  return client.post<void>('/me/password', { current, new: next })
}

/** Uploads a picture that is small already. */
export function uploadAvatar(member: string, picture: Blob): Promise<Member> {
  return client.put<Member>(`/members/${member}/avatar`, picture)
}
