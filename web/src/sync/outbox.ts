// Commands on their way. Each is kept on disk before it is sent, sent in order, sent again with
// the same request id after every reconnect, and let go once both its `done` and the replica have
// reached its seq. Refused words are kept until somebody retries or discards them.
// Invariant: a command leaves only confirmed, refused or discarded; nothing is dropped silently.

import type { Command, Entry, Outcome, ServerFrame } from '../protocol'
import { newId } from '../protocol/id'
import { keepsWords } from './overlay'
import { type Failure, Refused, type Sent } from './pending'
import { homeOf } from './topic'

/**
 * A command that is not let go yet. The fields down to `error`, and `heldUntil`, are what the disk
 * keeps.
 */
export interface Pending {
  requestId: string
  /** Of the entity it makes; empty for none. */
  id: string
  command: Command
  /** When it was given, RFC 3339. */
  at: string
  state: 'queued' | 'sent' | 'done' | 'failed'
  error?: Failure
  /** With `done`: the seq that the replica must reach. */
  seq?: number
  /** Its entry has been applied, perhaps before its `done`. */
  landed?: boolean
  /** It is on disk, or the disk has failed: it may be sent. */
  kept?: boolean
  /** Not sent before then, milliseconds since 1970: its author may take it back. */
  heldUntil?: number
}

/** Where pending commands survive. */
export interface OutboxDisk {
  put(pending: Pending): Promise<void>
  remove(requestId: string): Promise<void>
}

export interface OutboxPorts {
  disk: OutboxDisk
  /** False if there is no connection that has been welcomed. */
  send(requestId: string, command: Command): boolean
  /** Something about the pending commands changed. */
  changed(): void
  /** A command was refused and nobody waits for its answer. */
  refused(pending: Pending): void
  /** Calls back after a while; a seam for tests. */
  later(run: () => void, ms: number): void
}

interface Waiter {
  resolve(outcome: Outcome): void
  reject(refused: Refused): void
  isHeard: boolean
}

/** Refusals that say nothing about the command: the same one may succeed later. */
const PASSING = new Set(['rate_limited', 'unavailable'])
const RETRY_MS = 2_000

export class Outbox {
  private list: Pending[] = []
  private readonly waiters = new Map<string, Waiter>()
  private pausedUntil = 0
  private readonly ports: OutboxPorts

  constructor(ports: OutboxPorts) {
    this.ports = ports
  }

  /** Everything that is not let go, oldest first. The array is replaced at every change. */
  pending(): readonly Pending[] {
    return this.list
  }

  /** How many wait for their confirmation; not those that are held. */
  get waiting(): number {
    return this.list.filter((each) => {
      return each.state === 'sent' || (each.state === 'queued' && !each.heldUntil)
    }).length
  }

  /** Takes over what an earlier page left, before anything is executed. */
  restore(rows: readonly Pending[]): void {
    const known = new Set(this.list.map(({ requestId }) => requestId))
    const restored = rows
      .filter(({ requestId }) => !known.has(requestId))
      .map((row) =>
        row.state === 'failed' ? row : { ...row, state: 'queued' as const, kept: true },
      )
    this.list = [...restored, ...this.list]
    this.ports.changed()
    for (const { requestId, heldUntil } of restored) {
      if (heldUntil) this.releaseAfter(requestId, heldUntil - Date.now())
    }
    this.flush()
  }

  /** Queues a command. It shows at once, is kept, then sent; not before `holdMs` have passed. */
  execute(command: Command, id = '', holdMs = 0): Sent {
    const requestId = newId()
    const at = new Date().toISOString()
    const held = holdMs > 0 ? { heldUntil: Date.now() + holdMs } : {}
    const pending: Pending = { requestId, id, command, at, state: 'queued', ...held }
    this.supersede(command)
    this.list = [...this.list, pending]
    this.ports.changed()
    this.keep(pending)
    if (holdMs > 0) this.releaseAfter(requestId, holdMs)
    return this.sentOf(pending)
  }

  /** What its author may still take back. */
  held(): readonly Pending[] {
    return this.list.filter(({ heldUntil }) => heldUntil !== undefined)
  }

  private releaseAfter(requestId: string, ms: number): void {
    this.ports.later(() => this.release(requestId), Math.max(0, ms))
  }

  private release(requestId: string): void {
    if (!this.held().some((each) => each.requestId === requestId)) return
    this.change(requestId, { heldUntil: undefined })
    this.flush()
  }

  /** Holds nothing back any longer: the page may be about to end. */
  releaseAll(): void {
    for (const { requestId } of this.held()) this.release(requestId)
  }

  /** Drops a held command for good, and answers with it; undefined if it is on its way. */
  takeBack(requestId: string): Command | undefined {
    const pending = this.held().find((each) => each.requestId === requestId)
    if (pending) this.letGo(requestId)
    return pending?.command
  }

  private sentOf({ requestId, id }: Pending): Sent {
    let settle: Omit<Waiter, 'isHeard'> = { resolve() {}, reject() {} }
    const settled = new Promise<Outcome>((resolve, reject) => {
      settle = { resolve, reject }
    })
    // Whoever does not look must not be told of an unhandled rejection.
    settled.catch(() => {})
    const waiter = { ...settle, isHeard: false }
    this.waiters.set(requestId, waiter)
    return {
      requestId,
      id,
      get settled() {
        waiter.isHeard = true
        return settled
      },
    }
  }

  /** A newer read position of a channel makes an older unsent one pointless. */
  private supersede(command: Command): void {
    if (command.type !== 'mark_read') return
    for (const old of this.list) {
      const isSame = old.command.type === 'mark_read' && old.command.channel === command.channel
      if (isSame && old.state === 'queued') this.letGo(old.requestId)
    }
  }

  private keep(pending: Pending): void {
    const send = () => {
      const { requestId } = pending
      this.list = this.list.map((each) =>
        each.requestId === requestId ? { ...each, kept: true } : each,
      )
      this.flush()
    }
    // A disk that fails must not keep people from talking.
    this.ports.disk.put(pending).then(send, send)
  }

  /** Sends what is queued, in order. Called when welcomed, and for every new command. */
  flush(): void {
    if (Date.now() < this.pausedUntil) return
    const held = new Set<string>()
    for (const pending of this.list) {
      if (pending.state !== 'queued') continue
      // What is said after it waits too; whatever else there is goes on.
      const home = pending.command.type === 'post_message' && homeOf(pending.command)
      if (home && (pending.heldUntil || held.has(home))) {
        held.add(home)
        continue
      }
      if (!pending.kept || !this.ports.send(pending.requestId, pending.command)) return
      this.change(pending.requestId, { state: 'sent' })
    }
  }

  /** The connection is gone: what was sent and not answered is sent again with the next one. */
  disconnected(): void {
    this.list = this.list.map((each) =>
      each.state === 'sent' ? { ...each, state: 'queued' as const } : each,
    )
    this.ports.changed()
  }

  /** The server's `done`. `reached` is the replica's seq. */
  done(frame: Extract<ServerFrame, { type: 'done' }>, reached: number): void {
    const { request_id: requestId, seq, result } = frame
    this.waiters.get(requestId)?.resolve(result)
    this.waiters.delete(requestId)
    if (seq <= reached) return this.letGo(requestId)
    this.change(requestId, { state: 'done', seq })
    void this.ports.disk.remove(requestId)
  }

  /** The replica is complete up to `seq`: what waited for that is let go. */
  reached(seq: number): void {
    if (!this.list.some((each) => each.state === 'done' && (each.seq ?? 0) <= seq)) return
    this.list = this.list.filter((each) => each.state !== 'done' || (each.seq ?? 0) > seq)
    this.ports.changed()
  }

  /** An entry was applied; if it is what a command here wished for, that shows no longer twice. */
  land(entry: Entry): void {
    const { event } = entry
    if (event.type !== 'message_posted') return
    const pending = this.list.find((each) => each.id === event.message.id && !each.landed)
    if (pending) this.change(pending.requestId, { landed: true })
  }

  /** The server's `refused`. */
  refused(frame: Extract<ServerFrame, { type: 'refused' }>): void {
    const pending = this.list.find((each) => each.requestId === frame.request_id)
    if (!pending) return
    if (PASSING.has(frame.code)) return this.pause(pending, frame.retry_after_ms ?? RETRY_MS)
    const { code, message, field, task } = frame
    const error = { code, message, field: field ?? undefined, task: task ?? undefined } as Failure
    const waiter = this.waiters.get(pending.requestId)
    this.waiters.delete(pending.requestId)
    waiter?.reject(new Refused(error))
    if (keepsWords(pending.command.type)) {
      const failed = { ...pending, state: 'failed' as const, error }
      this.change(pending.requestId, failed)
      void this.ports.disk.put(failed)
      return
    }
    this.letGo(pending.requestId)
    if (!waiter?.isHeard) this.ports.refused({ ...pending, error })
  }

  private pause(pending: Pending, ms: number): void {
    this.pausedUntil = Date.now() + ms
    this.change(pending.requestId, { state: 'queued' })
    this.ports.later(() => {
      this.pausedUntil = 0
      this.flush()
    }, ms)
  }

  /** Sends a refused command again, as a new attempt at its old place. */
  retry(requestId: string): void {
    const failed = this.list.find((each) => each.requestId === requestId)
    if (failed?.state !== 'failed') return
    const again: Pending = { ...failed, requestId: newId(), state: 'queued', error: undefined }
    this.list = this.list.map((each) => (each === failed ? again : each))
    this.ports.changed()
    void this.ports.disk.remove(requestId)
    this.keep(again)
  }

  /** Drops a refused or unsent command for good. */
  discard(requestId: string): void {
    const pending = this.list.find((each) => each.requestId === requestId)
    if (pending?.state === 'failed' || pending?.state === 'queued') this.letGo(requestId)
  }

  private change(requestId: string, fields: Partial<Pending>): void {
    this.list = this.list.map((each) =>
      each.requestId === requestId ? { ...each, ...fields } : each,
    )
    this.ports.changed()
  }

  private letGo(requestId: string): void {
    this.list = this.list.filter((each) => each.requestId !== requestId)
    this.waiters.delete(requestId)
    this.ports.changed()
    void this.ports.disk.remove(requestId)
  }
}
