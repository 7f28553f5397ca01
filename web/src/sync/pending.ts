// Words for what has been done here and is not confirmed. No logic.

import type { Command, ErrorCode, Outcome, QueryFault, Task } from '../protocol'

/**
 * The server's codes, and two of our own: `offline` only from REST, which does not wait for a
 * connection; `voted_elsewhere` only of votes that waited for one.
 */
export type FailureCode = ErrorCode | 'offline' | 'voted_elsewhere'

/** Why a command or request had no effect. */
export interface Failure {
  code: FailureCode
  message: string
  field?: string
  /** With `already_a_task`: the task there is. */
  task?: Task
  /** With `bad_query`: what is wrong with it, and where. */
  fault?: QueryFault
  /** With `rate_limited`: the same may succeed after this long. */
  retryAfterMs?: number
}

/** What `settled` rejects with and what REST throws. */
export class Refused extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message)
    this.name = 'Refused'
    this.failure = failure
  }
}

/** Beside an entity that is not wholly confirmed. */
export interface Local {
  state: 'sending' | 'failed'
  requestId: string
  error?: Failure
  /** It can be taken back still. */
  isHeld?: true
}

/** A command on its way. */
export interface Sent {
  requestId: string
  /** Of the entity that the command makes; empty for a command that makes none. */
  id: string
  /** Resolves once durable; rejects with `Refused`. Offline it waits. May be left alone. */
  settled: Promise<Outcome>
}

/** One command that is waiting or refused. */
export interface PendingCommand extends Local {
  command: Command
}
