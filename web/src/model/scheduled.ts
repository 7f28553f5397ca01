// Messages that the reader sends later. Each is made and changed by REST: without a connection it
// is refused at once and the words stay where they are, rather than come too late.

import type { Scheduled } from '../protocol'
import { client } from '../sync/client'
import type { Carried, Destination } from './message'
import { useWatch } from './watch'

export type { Scheduled }

/** What was refused first, then the next. */
export function useScheduled(): readonly Scheduled[] {
  return useWatch('scheduled', () => client.view.scheduled())
}

/** Throws `Refused`. */
export async function scheduleMessage(
  to: Destination,
  text: string,
  at: Date,
  carried: Carried = {},
): Promise<void> {
  await client.post('/scheduled', { ...to, text, at: at.toISOString(), ...carried })
}

/** Throws `Refused`. */
export async function changeScheduled(
  id: string,
  changes: { text?: string; files?: string[]; at?: Date; send_now?: true },
): Promise<void> {
  const { at, ...rest } = changes
  await client.patch(`/scheduled/${id}`, { ...rest, ...(at && { at: at.toISOString() }) })
}

/** Throws `Refused`. */
export async function cancelScheduled(id: string): Promise<void> {
  await client.delete(`/scheduled/${id}`)
}
