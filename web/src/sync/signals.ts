// Typing, presence and reading: the latest value wins, nothing is kept. What is not renewed
// expires.

import type { ClientFrame, Scope, SignalDown } from '../protocol'
import type { View } from './view'
import { type Conversation, conversationKey } from './window'

/** Typing is told at most this often, and holds twice as long. */
const TYPING_EVERY_MS = 3_000
const TYPING_TTL_MS = 6_000

type TypingValue = { thread?: string; task?: string }

export class Signals {
  private readonly view: View
  private readonly send: (frame: ClientFrame) => boolean
  private readonly present = new Set<string>()
  private readonly typists = new Map<string, readonly string[]>()
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>()
  private readonly sentAt = new Map<string, number>()

  constructor(view: View, send: (frame: ClientFrame) => boolean) {
    this.view = view
    this.send = send
  }

  isOnline(member: string): boolean {
    return this.present.has(member)
  }

  /** Ids of the others who are typing in the conversation of that key. */
  typing(key: string): readonly string[] {
    return this.typists.get(key) ?? NOBODY
  }

  /** From `welcome`: everyone who is there. */
  setOnline(members: readonly string[]): void {
    const before = new Set(this.present)
    this.present.clear()
    for (const member of members) this.present.add(member)
    for (const member of new Set([...before, ...members])) {
      if (before.has(member) !== this.present.has(member)) this.view.touch(`online:${member}`)
    }
  }

  hear(signal: SignalDown): void {
    const { actor } = signal
    // Who is there, the server alone says.
    if (signal.kind === 'presence')
      return actor ? undefined : this.hearPresence(signal.value as object)
    if (!actor || actor === this.view.replica.me) return
    if (signal.kind === 'read') return this.view.touch(`readers:${signal.scope.slice(8)}`)
    this.startTyping(keyOf(signal.scope, (signal.value ?? {}) as TypingValue), actor, signal.ttl_ms)
  }

  private hearPresence(value: { online?: string[]; offline?: string[] }): void {
    const gone = new Set(value.offline ?? [])
    const left = [...this.present].filter((member) => !gone.has(member))
    this.setOnline([...left, ...(value.online ?? [])])
  }

  private startTyping(key: string, member: string, ttl: number): void {
    const typists = this.typing(key)
    if (!typists.includes(member)) this.setTypists(key, [...typists, member])
    const timer = `${key} ${member}`
    clearTimeout(this.timers.get(timer))
    this.timers.set(
      timer,
      setTimeout(() => this.stopTyping(key, member), ttl),
    )
  }

  /** Also when a message of theirs arrives. */
  stopTyping(key: string, member: string): void {
    const typists = this.typing(key)
    clearTimeout(this.timers.get(`${key} ${member}`))
    this.timers.delete(`${key} ${member}`)
    if (typists.includes(member)) {
      this.setTypists(
        key,
        typists.filter((other) => other !== member),
      )
    }
  }

  private setTypists(key: string, typists: readonly string[]): void {
    this.typists.set(key, typists)
    this.view.touch(`typing:${key}`)
  }

  /** The reader types; told at most every few seconds. */
  sendTyping(conversation: Conversation): void {
    const key = conversationKey(conversation)
    const now = Date.now()
    if (now - (this.sentAt.get(key) ?? 0) < TYPING_EVERY_MS) return
    const aim = this.aimOf(conversation)
    if (!aim) return
    const sent = this.send({ type: 'signal', kind: 'typing', ttl_ms: TYPING_TTL_MS, ...aim })
    if (sent) this.sentAt.set(key, now)
  }

  /** The reader has read on; told where everyone sees who has read without asking. */
  sendRead(channel: string): void {
    const { channels, workspace } = this.view.replica
    if (channels.get(channel)?.kind !== 'direct' || workspace?.hides_readers) return
    this.send({ type: 'signal', kind: 'read', scope: `channel:${channel}`, ttl_ms: 0, value: {} })
  }

  /** The reader sent what they typed: the next keystroke is told at once. */
  finishTyping(key: string): void {
    this.sentAt.delete(key)
  }

  private aimOf(conversation: Conversation): { scope: Scope; value: TypingValue } | undefined {
    if ('channel' in conversation) return { scope: `channel:${conversation.channel}`, value: {} }
    if ('thread' in conversation) {
      const { thread } = conversation
      const channel = this.view.message(thread)?.channel
      return channel ? { scope: `channel:${channel}`, value: { thread } } : undefined
    }
    const project = this.view.task(conversation.task)?.project
    return project ? { scope: `project:${project}`, value: { task: conversation.task } } : undefined
  }
}

function keyOf(scope: Scope, { thread, task }: TypingValue): string {
  if (thread) return conversationKey({ thread })
  return task ? conversationKey({ task }) : scope
}

const NOBODY: readonly string[] = []
