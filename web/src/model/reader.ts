// Who has read a message of the reader's own: asked for when it is shown, and again when somebody
// tells that they have read.

import { useEffect, useState } from 'react'
import type { Member, Readers } from '../protocol'
import { client } from '../sync/client'
import { useMembers, useWorkspace } from './member'
import { type Failure, Refused, type Sent } from './pending'

export interface ReadersView {
  /** Undefined until loaded. */
  read: readonly Member[] | undefined
  unread: readonly Member[]
  failure: Failure | undefined
}

/** `again` changes when it should be asked for once more; nothing is asked without a message. */
export function useReaders(
  channel: string,
  message: string | undefined,
  again?: unknown,
): ReadersView {
  const [answer, setAnswer] = useState<{ message: string; readers: Readers }>()
  const [failure, setFailure] = useState<Failure>()
  const members = useMembers()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` is there to ask once more
  useEffect(() => {
    if (!message) return
    let here = true
    const load = () => {
      client.get<Readers>(`/messages/${message}/readers`).then(
        (readers) => here && setAnswer({ message, readers }),
        (error: unknown) => {
          if (here && error instanceof Refused) setFailure(error.failure)
        },
      )
    }
    load()
    const end = client.view.subscribe(`readers:${channel}`, load)
    return () => {
      here = false
      end()
    }
  }, [channel, message, again])
  const readers = answer?.message === message ? answer?.readers : undefined
  const found = (ids: readonly string[]) =>
    ids.flatMap((id) => members.find((member) => member.id === id) ?? [])
  return {
    read: readers && found(readers.read),
    unread: found(readers?.unread ?? []),
    failure,
  }
}

/** Whether the workspace lets authors see who has read. */
export function useShowsReaders(): boolean {
  return !useWorkspace().hides_readers
}

export function hideReaders(hidden: boolean): Sent {
  return client.execute({ type: 'hide_readers', hidden })
}
