// A list of a project that is changed on screen first, and sent as a whole when saved.

import { useState } from 'react'
import { errorText } from '../../../i18n'
import { discard, Refused } from '../../../model/pending'

interface Sent {
  requestId: string
  settled: Promise<unknown>
}

export interface Draft<T> {
  items: readonly T[]
  /** Something is not saved. */
  isChanged: boolean
  /** Why it was not taken, in the reader's language. */
  error: string | null
  change: (items: readonly T[]) => void
  save: () => void
  cancel: () => void
}

/** `conflict`: what it means that the server has another list by now, or things that hold it. */
export function useDraft<T>(
  saved: readonly T[],
  send: (items: readonly T[]) => Sent,
  conflict: string,
): Draft<T> {
  const [draft, setDraft] = useState<readonly T[] | null>(null)
  const [error, setError] = useState<string | null>(null)
  const items = draft ?? saved
  const change = (next: readonly T[]) => {
    setError(null)
    setDraft(next)
  }
  const save = () => {
    const sent = send(items)
    sent.settled.then(
      () => setDraft(null),
      (failure: unknown) => {
        if (!(failure instanceof Refused)) return
        discard(sent.requestId)
        const { code } = failure.failure
        setError(code === 'conflict' ? conflict : errorText(code))
      },
    )
  }
  const cancel = () => setDraft(null)
  return { items, isChanged: draft !== null, error, change, save, cancel }
}
