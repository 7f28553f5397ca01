// Who is in a channel, project or space: fetched when somebody looks, kept live by entries
// afterwards.

import { moved, moveOf } from './members'
import type { Rest } from './rest'
import type { View } from './view'

export class Roster {
  private readonly view: View
  private readonly rest: Rest
  private readonly onScreen = new Set<string>()

  constructor(view: View, rest: Rest) {
    this.view = view
    this.rest = rest
  }

  /** Somebody begins to show `channel:ID`, `project:ID` or `space:ID`; the result ends it. */
  readonly open = (key: string): (() => void) => {
    this.onScreen.add(key)
    if (!this.view.replica.rosters.has(key)) void this.fetch(key)
    return () => this.onScreen.delete(key)
  }

  /** After a reset: entries were missed. */
  renew(): void {
    for (const key of [...this.view.replica.rosters.keys()]) {
      if (this.onScreen.has(key)) void this.fetch(key)
      else this.view.replica.rosters.delete(key)
    }
  }

  private async fetch(key: string): Promise<void> {
    const { replica } = this.view
    const hold = replica.hold()
    try {
      const [kind, id] = key.split(':')
      let members: readonly string[] = await this.rest.all(`/${kind}s/${id}/members`)
      for (const { event } of hold.entries) {
        const move = moveOf(event)
        if (move?.key === key) members = moved(members, move)
      }
      replica.setRoster(key, members)
    } catch {
      // Nothing is shown; it is asked for again when somebody looks again.
    } finally {
      hold.release()
    }
  }
}
