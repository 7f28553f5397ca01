// How long talk and files are kept: the rules, what one would erase, and how administrators change
// them.

import { useCallback, useEffect, useState } from 'react'
import type {
  Channel,
  ChannelRetention,
  ErasurePreview,
  Retention,
  RetentionPreview,
  RetentionReport,
  RetentionWish,
} from '../protocol'
import { client } from '../sync/client'
import { type Failure, Refused } from './pending'
import { usePolicy } from './policy'

const PATH = '/administration/retention'
/** How often one asks whether a count is done. */
const COUNTING_MS = 300

export type RetentionField = keyof Retention

export const RETENTION_FIELDS: readonly RetentionField[] = [
  'public_days',
  'private_days',
  'direct_days',
  'file_days',
]

/** What an administrator sees besides the rules; `reload` asks anew. */
export function useRetentionReport() {
  const [report, setReport] = useState<RetentionReport>()
  const [failure, setFailure] = useState<Failure>()
  const reload = useCallback(() => {
    client.get<RetentionReport>(PATH).then(
      (next) => {
        setReport(next)
        setFailure(undefined)
      },
      (error: unknown) => error instanceof Refused && setFailure(error.failure),
    )
  }, [])
  useEffect(reload, [reload])
  return { report, failure, reload }
}

/** Counts what the rule would erase now. Throws `Refused`. */
export async function previewRetention(wish: RetentionWish): Promise<ErasurePreview> {
  for (;;) {
    const { preview } = await client.post<RetentionPreview>(`${PATH}/preview`, wish)
    if (preview) return preview
    await new Promise((resolve) => setTimeout(resolve, COUNTING_MS))
  }
}

/** Sets the rule, with what was confirmed if it erases more. Throws `Refused`. */
export function setRetention(wish: RetentionWish, confirmed?: ErasurePreview): Promise<void> {
  const confirmation = confirmed && { erases: confirmed.erases, seal: confirmed.seal }
  return client.put<void>(PATH, { ...wish, ...(confirmation && { confirmation }) })
}

/** Days, or undefined for ever. */
type Days = number | null | undefined

function isShorter(from: Days, to: Days): boolean {
  return to != null && (from == null || to < from)
}

/** Whether something goes sooner than before. */
export function erasesMore(from: Retention, to: Retention): boolean {
  return RETENTION_FIELDS.some((field) => isShorter(from[field], to[field]))
}

/** How long messages and files of a channel are kept, as everyone in it may know. */
export function keptFor(retention: Retention, channel: Pick<Channel, 'kind' | 'retention'>) {
  if (channel.retention) return { days: channel.retention.days, files: undefined, own: true }
  const days = retention[`${channel.kind}_days`]
  const files = isShorter(days, retention.file_days) ? retention.file_days : undefined
  return { days, files, own: false }
}

/** Whether a channel's own rule erases more than what holds there now. */
export function ownErasesMore(
  retention: Retention,
  channel: Pick<Channel, 'kind' | 'retention'>,
  own: ChannelRetention | undefined,
): boolean {
  const now = keptFor(retention, channel)
  const next = keptFor(retention, { kind: channel.kind, retention: own })
  const files = (kept: typeof now) => kept.files ?? kept.days
  return isShorter(now.days, next.days) || isShorter(files(now), files(next))
}

export function useRetention(): Retention {
  return usePolicy().retention ?? {}
}
