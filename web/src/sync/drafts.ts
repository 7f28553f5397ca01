// Drafts: kept in memory for typing, written to disk shortly after. Those of conversations go on
// to the other devices: see `draft_sync.ts`.

import type { View } from './view'

export interface DraftDisk {
  putDrafts(drafts: readonly (readonly [key: string, text: string])[]): Promise<void>
}

const WRITE_AFTER_MS = 300

export class Drafts {
  private readonly view: View
  private readonly disk: DraftDisk
  private readonly texts = new Map<string, string>()
  private readonly unwritten = new Set<string>()
  private timer: ReturnType<typeof setTimeout> | undefined

  /** Called when the reader changed a draft here. */
  onTyped: (key: string) => void = () => {}

  constructor(view: View, disk: DraftDisk) {
    this.view = view
    this.disk = disk
  }

  restore(drafts: Iterable<readonly [string, string]>): void {
    for (const [key, text] of drafts) {
      // What was typed since the page opened is newer.
      if (this.texts.has(key)) continue
      this.texts.set(key, text)
      this.view.touch(`draft:${key}`)
    }
  }

  get(key: string): string {
    return this.texts.get(key) ?? ''
  }

  /** Of every draft that is not empty. */
  keys(): string[] {
    return [...this.texts.keys()]
  }

  set(key: string, text: string): void {
    if (this.receive(key, text)) this.onTyped(key)
  }

  /** Takes what comes from elsewhere; whether it is something else than was there. */
  receive(key: string, text: string): boolean {
    if (this.get(key) === text) return false
    if (text === '') this.texts.delete(key)
    else this.texts.set(key, text)
    this.view.touch(`draft:${key}`)
    this.unwritten.add(key)
    this.timer ??= setTimeout(() => this.write(), WRITE_AFTER_MS)
    return true
  }

  /** Writes at once; also called when the page is hidden. */
  write(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    const drafts = [...this.unwritten].map((key) => [key, this.get(key)] as const)
    this.unwritten.clear()
    void this.disk.putDrafts(drafts).catch(() => {})
  }
}
