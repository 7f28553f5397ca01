// Drafts: kept in memory for typing, written to disk shortly after.

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

  set(key: string, text: string): void {
    if (this.get(key) === text) return
    if (text === '') this.texts.delete(key)
    else this.texts.set(key, text)
    this.view.touch(`draft:${key}`)
    this.unwritten.add(key)
    this.timer ??= setTimeout(() => this.write(), WRITE_AFTER_MS)
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
