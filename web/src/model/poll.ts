// Polls: what the reader chose, who chose what, and what one can do with one. Votes are not in the
// log: one's own is asked for once, the counts are part of the message.

import { useEffect, useSyncExternalStore } from 'react'
import type { Ballot, Member, Message, Poll, Vote } from '../protocol'
import type { Vote as Choice } from '../sync/ballots'
import { client } from '../sync/client'
import { isAdmin } from './member'
import { type PagedList, usePaged } from './paged'
import { Refused, type Sent } from './pending'

/** Limit: polls whose ballot is remembered. */
const OWN_MAX = 300
const own = new Map<string, Choice>()
const listeners = new Set<() => void>()

function keep(message: string, ballot: Choice): void {
  own.delete(message)
  own.set(message, ballot)
  const oldest = own.keys().next().value
  if (own.size > OWN_MAX && oldest) own.delete(oldest)
  for (const listener of listeners) listener()
}

/** What the reader chose; also an earlier page, where that waits to be sent. */
function ballotOf(message: string): Choice | undefined {
  return client.ballots.get(message) ?? own.get(message)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  // What waits may be heard or refused.
  const stop = client.view.subscribe('connection', listener)
  return () => {
    listeners.delete(listener)
    stop()
  }
}

/** What the reader chose; undefined until known. */
export function useBallot(message: string, isSent: boolean): readonly number[] | undefined {
  const ballot = useSyncExternalStore(subscribe, () => ballotOf(message))
  const isMissing = isSent && ballot === undefined
  useEffect(() => {
    if (!isMissing) return
    client.get<Ballot>(`/messages/${message}/poll/vote`).then(
      ({ choices }) => own.has(message) || keep(message, { choices, told: choices, counted: -1 }),
      // Not to be had: one may vote all the same.
      () => undefined,
    )
  }, [message, isMissing])
  return ballot?.choices
}

/** How the options stand for the reader, their own choice counted at once. */
export function standing(message: string, poll: Poll): { votes: number[]; voters: number } {
  const ballot = ballotOf(message)
  const votes = poll.options.map((option) => option.votes ?? 0)
  const voters = poll.voters ?? 0
  if (!ballot || poll.closed) return { votes, voters }
  // What waits is in no count, however often the others were counted.
  const isCounted = ballot.counted !== (poll.counted ?? 0) && !client.ballots.get(message)
  if (isCounted) return { votes, voters }
  const moved = votes.map((count, place) => {
    const now = Number(ballot.choices.includes(place))
    const before = Number(ballot.told.includes(place))
    return Math.max(0, count + now - before)
  })
  const more = Number(ballot.choices.length > 0) - Number(ballot.told.length > 0)
  return { votes: moved, voters: Math.max(0, voters + more) }
}

/** What is chosen once an option is pressed. */
export function pressed(choices: readonly number[], place: number, multiple: boolean): number[] {
  if (choices.includes(place)) return choices.filter((other) => other !== place)
  return multiple ? [...choices, place].sort((a, b) => a - b) : [place]
}

/**
 * Shows at once, and waits for a connection. Throws `Refused` and takes it back if the server does
 * not take it.
 */
export async function vote(message: Message, choices: readonly number[]): Promise<void> {
  const before = ballotOf(message.id)
  const counted = message.poll?.counted ?? 0
  // Votes in a row before the next count: what the counts hold is what it was.
  const isUncounted = before?.counted === counted || client.ballots.get(message.id)
  const told = (isUncounted ? before?.told : before?.choices) ?? []
  const ballot = { choices, told, counted, known: [before?.choices ?? []] }
  const cast = client.ballots.cast(message.id, ballot)
  keep(message.id, ballot)
  try {
    await cast
  } catch (error) {
    // What holds instead is asked for again.
    own.delete(message.id)
    for (const listener of listeners) listener()
    if (error instanceof Refused) throw error
  }
}

const voterOf = ({ member }: Vote) => member

/** Who chose what in an open poll. */
export function useVotes(message: string): PagedList<Vote> {
  return usePaged(`/messages/${message}/poll/votes?limit=200`, voterOf)
}

export function addPollOption(message: string, text: string): Sent {
  return client.execute({ type: 'add_poll_option', message, text })
}

export function closePoll(message: string): Sent {
  return client.execute({ type: 'close_poll', message })
}

/** The server decides; these hide what it would refuse. */
export function canClosePoll(message: Message, me: Member): boolean {
  return message.author === me.id || isAdmin(me)
}

/** Limit: options of one poll, as the server's. */
export const POLL_OPTIONS_MAX = 20

export function canAddOption(message: Message, poll: Poll, me: Member): boolean {
  const room = poll.options.length < POLL_OPTIONS_MAX
  return room && !poll.closed && (poll.extensible === true || message.author === me.id)
}
