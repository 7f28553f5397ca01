// Drafts of conversations on all devices of the reader. What is typed here is put on the server
// when typing pauses; what comes from another device takes the place of a draft that nobody is at.
// Beside each draft the device keeps the one that it goes on from: where the two differ, something
// is to be put. The server decides between two devices and sets the older words aside.
// Invariant: words that are here alone are never replaced, and never put in place of others unseen.

import type { Draft, Page } from '../protocol'
import type { Drafts } from './drafts'
import { Refused } from './pending'
import type { Rest } from './rest'
import type { View } from './view'

/** Typing pauses this long before a draft is put. */
const PUT_AFTER_MS = 2_500
/** Nothing changes under the caret for this long after the last key. */
const TYPED_LATELY_MS = 10_000
const RETRY_MS = 15_000
/** Between two looks at what there is, unless something calls for one. */
const LOOK_EVERY_MS = 5_000

/** Refusals that say nothing about the words. */
const PASSING = new Set(['offline', 'unavailable', 'rate_limited', 'csrf_mismatch', 'internal'])

/** A conversation with something unsent, as the list of drafts shows it. */
export interface DraftView {
  /** `channel:ID`, `thread:ID` or `task:ID`. */
  home: string
  text: string
  setAside: readonly string[]
  /** Of a thread: its channel, once the server has said it. */
  channel: string | undefined
  /** RFC 3339; undefined for what is on this device alone. */
  changedAt: string | undefined
}

type Known = Omit<Draft, 'home'>

const NONE: Known = { revision: 0, text: '', changed_at: '' }
const NOTHING: readonly string[] = []

/** Where the device keeps what the server is known to have. */
const knownKey = (home: string) => `synced:${home}`
const isHome = (key: string) => /^(channel|thread|task):/.test(key)

interface Ports {
  view: View
  drafts: Drafts
  rest: Rest
  isOnline(): boolean
}

export class DraftSync {
  private readonly ports: Ports
  private readonly known = new Map<string, Known>()
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>()
  private readonly typedAt = new Map<string, number>()
  /** Being put; and put, without an answer. */
  private readonly running = new Set<string>()
  private readonly unanswered = new Map<string, Set<string>>()
  /** Came while it could not be taken. */
  private readonly waiting = new Map<string, Draft>()
  private readonly forgetting = new Set<string>()
  private readonly refused = new Set<string>()
  private readonly changes = new Map<string, number>()
  private clock = 0
  private lookedAt = Number.NEGATIVE_INFINITY
  private shown: readonly DraftView[] | undefined

  constructor(ports: Ports) {
    this.ports = ports
  }

  // --- what is shown

  /** Everything unsent, what was changed last first. Topic `drafts`. */
  list(): readonly DraftView[] {
    this.shown ??= this.homes()
      .map((home): DraftView => {
        const { channel, changed_at } = this.get(home)
        const isHereAlone = this.isAhead(home) || changed_at === ''
        return {
          ...{ home, text: this.textOf(home), setAside: this.setAside(home) },
          channel: channel ?? undefined,
          changedAt: isHereAlone ? undefined : changed_at,
        }
      })
      .filter(({ text, setAside }) => text !== '' || setAside.length > 0)
      .sort((a, b) => ((a.changedAt ?? '~' > (b.changedAt ?? '~')) ? -1 : 1))
    return this.shown
  }

  /** What other devices had typed there. Topic `draft:HOME`. */
  setAside(home: string): readonly string[] {
    return this.forgetting.has(home) ? NOTHING : (this.get(home).set_aside ?? NOTHING)
  }

  /** The reader has seen what was set aside; with `keep` it goes behind the words that stand. */
  settle(home: string, keep: boolean): void {
    if (keep) {
      const all = [this.ports.drafts.get(home), ...this.setAside(home)]
      this.ports.drafts.set(home, all.filter((text) => text !== '').join('\n'))
    }
    this.forgetting.add(home)
    this.touch(home)
    void this.put(home)
  }

  // --- what is here

  private textOf(home: string): string {
    const text = this.ports.drafts.get(home)
    return text.trim() === '' ? '' : text
  }

  private get(home: string): Known {
    let known = this.known.get(home)
    if (!known) {
      const kept = this.ports.drafts.get(knownKey(home))
      known = kept ? (JSON.parse(kept) as Known) : NONE
      this.known.set(home, known)
    }
    return known
  }

  private remember(home: string, { home: _, ...known }: Draft): void {
    const isGone = known.text === '' && !known.set_aside?.length
    this.clock += 1
    this.changes.set(home, this.clock)
    this.known.set(home, known)
    this.unanswered.delete(home)
    this.ports.drafts.receive(knownKey(home), isGone ? '' : JSON.stringify(known))
    this.touch(home)
  }

  private touch(home: string): void {
    this.shown = undefined
    this.ports.view.touch('drafts')
    this.ports.view.touch(`draft:${home}`)
  }

  /** Is something here that the server does not know of? */
  private isAhead(home: string): boolean {
    return this.textOf(home) !== this.get(home).text
  }

  /** Every conversation that this device or the server has words for. */
  private homes(): string[] {
    const prefix = knownKey('')
    const keys = this.ports.drafts.keys()
    const synced = keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(7))
    return [...new Set([...keys, ...synced])].filter(isHome)
  }

  // --- going out

  /** The reader typed, sent or threw away. */
  typed(key: string): void {
    if (!isHome(key)) return
    this.typedAt.set(key, Date.now())
    this.refused.delete(key)
    this.touch(key)
    // What was sent must not lie about elsewhere any longer.
    this.putAfter(key, this.textOf(key) === '' ? 0 : PUT_AFTER_MS)
  }

  /** Puts what waits for a pause, at once: the page may be about to end. */
  flush(): void {
    for (const home of [...this.timers.keys()]) void this.put(home)
  }

  private putAfter(home: string, ms: number): void {
    clearTimeout(this.timers.get(home))
    this.timers.set(
      home,
      setTimeout(() => void this.put(home), ms),
    )
  }

  private async put(home: string): Promise<void> {
    clearTimeout(this.timers.get(home))
    this.timers.delete(home)
    const forgets = this.forgetting.has(home)
    if (!this.ports.isOnline() || this.refused.has(home)) return
    const isSure = !this.isAhead(home) && !this.unanswered.has(home)
    if (this.running.has(home) || (isSure && !forgets)) return
    const text = this.textOf(home)
    const body = {
      ...{ text, base: this.get(home).revision },
      ...(forgets && { forget_set_aside: true }),
    }
    this.running.add(home)
    try {
      const draft = await this.ports.rest.put<Draft>(`/drafts/${home}`, body)
      this.running.delete(home)
      if (!draft.set_aside?.length) this.forgetting.delete(home)
      this.answered(home, text, draft)
    } catch (error) {
      this.running.delete(home)
      this.failed(home, text, error)
    }
    const waiting = this.waiting.get(home)
    this.waiting.delete(home)
    if (waiting) this.hear(waiting)
  }

  private answered(home: string, sent: string, draft: Draft): void {
    const isOwn = this.isOwn(draft)
    const isUntouched = this.textOf(home) === sent
    this.remember(home, draft)
    // Sent while another device had gone on: its words stand.
    if (draft.text !== sent && isUntouched && !isOwn) this.ports.drafts.receive(home, draft.text)
    const isUrgent = isOwn || this.forgetting.has(home)
    if (isUrgent || this.isAhead(home)) this.putAfter(home, isUrgent ? 0 : PUT_AFTER_MS)
  }

  private failed(home: string, sent: string, error: unknown): void {
    if (error instanceof Refused && !PASSING.has(error.failure.code)) {
      // They stay on this device, until they change.
      this.refused.add(home)
      this.forgetting.delete(home)
      return
    }
    // It may have come there all the same.
    this.unanswered.set(home, new Set(this.unanswered.get(home)).add(sent))
    this.putAfter(home, RETRY_MS)
  }

  /** Are these the words of this device, whose answer was lost? */
  private isOwn({ home, text }: Draft): boolean {
    return this.unanswered.get(home)?.has(text) ?? false
  }

  // --- coming in

  /** A draft as the server has it now. */
  hear(draft: Draft): void {
    const { home } = draft
    const known = this.get(home)
    if (draft.revision <= known.revision) return
    if (this.running.has(home)) {
      this.waiting.set(home, draft)
      return
    }
    const text = this.textOf(home)
    if (draft.text === text || this.isOwn(draft)) {
      this.remember(home, draft)
      if (this.isAhead(home)) this.putAfter(home, 0)
    } else if (text !== known.text) {
      // The words here are newer; the answer to them brings the others, set aside.
      this.putAfter(home, PUT_AFTER_MS)
    } else if (this.isTyping(home)) {
      this.waiting.set(home, draft)
      setTimeout(() => this.takeWaiting(home), TYPED_LATELY_MS)
    } else {
      this.remember(home, draft)
      this.ports.drafts.receive(home, draft.text)
      this.touch(home)
    }
  }

  private isTyping(home: string): boolean {
    return Date.now() - (this.typedAt.get(home) ?? 0) < TYPED_LATELY_MS
  }

  private takeWaiting(home: string): void {
    const draft = this.waiting.get(home)
    if (!draft || this.running.has(home)) return
    this.waiting.delete(home)
    this.hear(draft)
  }

  /** Looks again, as when somebody comes back to this device. */
  look(): void {
    if (Date.now() - this.lookedAt >= LOOK_EVERY_MS) void this.renew()
  }

  /** Fetches everything, then puts what is here alone. Called with every new connection. */
  async renew(): Promise<void> {
    if (!this.ports.isOnline()) return
    this.lookedAt = Date.now()
    const begun = this.clock
    let drafts: Draft[]
    try {
      drafts = (await this.ports.rest.get<Page<Draft>>('/drafts')).items
    } catch {
      return
    }
    for (const draft of drafts) this.hear(draft)
    const there = new Set<string>(drafts.map(({ home }) => home))
    for (const home of this.homes()) {
      const isNewer = (this.changes.get(home) ?? 0) > begun || this.running.has(home)
      if (!there.has(home) && !isNewer) this.miss(home)
    }
    this.refused.clear()
    for (const home of this.homes()) await this.put(home)
  }

  /** The server has it no longer. */
  private miss(home: string): void {
    const known = this.get(home)
    if (known.revision === 0) return
    const isSame = this.textOf(home) === known.text
    this.remember(home, { ...NONE, home, revision: known.revision })
    if (!isSame || this.isTyping(home)) return
    this.ports.drafts.receive(home, '')
    this.touch(home)
  }
}
