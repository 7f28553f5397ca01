// What has been done here and is not confirmed yet: sending, or refused and kept.

import { errorText } from '../i18n'
import { client } from '../sync/client'
import { type PendingCommand, Refused } from '../sync/pending'
import { useWatch } from './watch'

export { type Failure, type Local, type PendingCommand, Refused, type Sent } from '../sync/pending'

/** All commands that are waiting or refused, oldest first. */
export function usePending(): readonly PendingCommand[] {
  return useWatch('pending', () => client.view.pending())
}

/** Sends a refused command again. */
export function retry(requestId: string): void {
  client.retry(requestId)
}

/** Drops a refused command for good; the caller has taken over its text. */
export function discard(requestId: string): void {
  client.discard(requestId)
}

/** Why something was refused, in the reader's language. */
export function failureText(error: Error): string {
  return errorText(error instanceof Refused ? error.failure.code : 'internal')
}
