// Votes on their way. A vote is no command, so that nobody can read in the log whose it was; it is
// kept on disk and waits for the connection as commands do. The newest one of a poll stands for
// those before it, and is sent as often as needed: the same vote again is the same. One that had to
// wait is not sent over what its reader chose on another device meanwhile.

import type { Failure } from './pending'
import { Refused } from './pending'

/** What the reader chose, and the counts that they saw when they did. */
export interface Vote {
  choices: readonly number[]
  /** What the counts that are told hold of it already. */
  told: readonly number[]
  /** `counted` of the poll when they chose. */
  counted: number
  /** What the server may hold of it if they chose here alone. */
  known?: readonly Choices[]
}

type Choices = readonly number[]

export interface BallotPorts {
  /** Resolves once the server has it; rejects with `Refused`. */
  put(message: string, choices: Choices): Promise<unknown>
  /** What the server holds of it. */
  get(message: string): Promise<Choices>
  /** Keeps what waits; empty for nothing. */
  keep(text: string): void
  /** What waits has changed. */
  changed(): void
  /** A vote of an earlier page was refused. */
  refused(message: string, failure: Failure): void
  /** Calls back after a while; a seam for tests. */
  later(run: () => void, ms: number): void
}

interface Waiter {
  resolve(): void
  reject(refused: Refused): void
}

/** Refusals that say nothing about the vote: the same one may be taken later. */
const PASSING = new Set(['rate_limited', 'unavailable', 'unauthenticated'])
const RETRY_MS = 2_000
/** Limit: what the server may hold of one vote. */
const KNOWN_MAX = 50

const isSame = (one: Choices, other: Choices) => JSON.stringify(one) === JSON.stringify(other)

export class Ballots {
  private readonly waiting = new Map<string, Vote>()
  private readonly waiters = new Map<string, Waiter[]>()
  private readonly sending = new Set<string>()
  /** Polls in which what waits was not heard at once. */
  private readonly late = new Set<string>()
  private readonly ports: BallotPorts

  constructor(ports: BallotPorts) {
    this.ports = ports
  }

  /** The vote that waits in this poll. */
  get(message: string): Vote | undefined {
    return this.waiting.get(message)
  }

  get size(): number {
    return this.waiting.size
  }

  /** Takes over what an earlier page left. */
  restore(text: string): void {
    if (text === '') return
    for (const [message, vote] of JSON.parse(text) as [string, Vote][]) {
      // What was chosen since the page opened is newer.
      if (this.waiting.has(message)) continue
      this.waiting.set(message, vote)
      this.late.add(message)
    }
    this.ports.changed()
  }

  /** Resolves once the server has it, or a newer one; offline it waits. Rejects with `Refused`. */
  cast(message: string, vote: Vote): Promise<void> {
    this.waiting.set(message, after(this.waiting.get(message), vote))
    this.written()
    const cast = new Promise<void>((resolve, reject) => {
      const others = this.waiters.get(message) ?? []
      this.waiters.set(message, [...others, { resolve, reject }])
    })
    void this.send(message)
    return cast
  }

  /** Sends what waits. Called when there is a connection. */
  flush(): void {
    for (const message of this.waiting.keys()) void this.send(message)
  }

  private async send(message: string): Promise<void> {
    const vote = this.waiting.get(message)
    // One at a time: the last one said must be the last one heard.
    if (!vote || this.sending.has(message)) return
    this.sending.add(message)
    try {
      await this.put(message, vote)
      this.sending.delete(message)
      this.settle(message, vote)
    } catch (error) {
      this.sending.delete(message)
      this.failed(message, vote, error)
    }
  }

  private async put(message: string, { choices, known }: Vote): Promise<void> {
    if (known && this.late.has(message)) {
      const held = await this.ports.get(message)
      // It was heard, though its answer was not.
      if (isSame(held, choices)) return
      if (!known.some((each) => isSame(each, held))) throw elsewhere()
    }
    await this.ports.put(message, choices)
  }

  private failed(message: string, vote: Vote, error: unknown): void {
    this.late.add(message)
    const failure = error instanceof Refused ? error.failure : undefined
    if (!failure || failure.code === 'offline') return
    if (PASSING.has(failure.code)) {
      return this.ports.later(() => void this.send(message), failure.retryAfterMs ?? RETRY_MS)
    }
    this.settle(message, vote, error as Refused)
  }

  private settle(message: string, vote: Vote, refused?: Refused): void {
    // They chose anew meanwhile: that one is still to be sent.
    if (this.waiting.get(message) !== vote) return void this.send(message)
    this.waiting.delete(message)
    this.late.delete(message)
    this.written()
    const waiters = this.waiters.get(message) ?? []
    this.waiters.delete(message)
    for (const waiter of waiters) refused ? waiter.reject(refused) : waiter.resolve()
    if (refused && waiters.length === 0) this.ports.refused(message, refused.failure)
  }

  private written(): void {
    const all = [...this.waiting]
    this.ports.keep(all.length > 0 ? JSON.stringify(all) : '')
    this.ports.changed()
  }
}

/** A newer vote, which stands for those before it that may have been heard. */
function after(before: Vote | undefined, vote: Vote): Vote {
  if (!before || !vote.known) return vote
  const known = [...vote.known, ...(before.known ?? []), before.choices]
  const different = known.filter((each, at) => known.findIndex((it) => isSame(it, each)) === at)
  return { ...vote, known: different.slice(0, KNOWN_MAX) }
}

function elsewhere(): Refused {
  return new Refused({ code: 'voted_elsewhere', message: 'Another device voted meanwhile.' })
}
