// Mail of what the reader missed, and how it goes with the mail server. Not in the log, so it is
// asked for when a page shows it.

import { useCallback, useEffect, useState } from 'react'
import type { MailDigest, MailState, MailStatus } from '../protocol'
import { client } from '../sync/client'
import { type Failure, Refused, type Sent } from './pending'

export type { MailDigest, MailState, MailStatus }

export interface MailView<T> {
  /** Undefined until it has come. */
  mail: T | undefined
  failure: Failure | undefined
  reload(): void
}

function useMail<T>(path: string): MailView<T> {
  const [mail, setMail] = useState<T>()
  const [failure, setFailure] = useState<Failure>()
  const reload = useCallback(() => {
    client.get<T>(path).then(
      (found) => {
        setMail(found)
        setFailure(undefined)
      },
      (error: unknown) => error instanceof Refused && setFailure(error.failure),
    )
  }, [path])
  useEffect(reload, [reload])
  return { mail, failure, reload }
}

/** How mail reaches the reader. */
export function useMailStatus(): MailView<MailStatus> {
  return useMail('/mail')
}

/** How it goes with mail; for administrators. */
export function useMailState(): MailView<MailState> {
  return useMail('/workspace/mail')
}

/** Answers once the mail server has taken it. Throws `Refused`. */
export function sendTestMail(): Promise<void> {
  return client.post('/mail/test')
}

export function hideMailContent(hidden: boolean): Sent {
  return client.execute({ type: 'hide_mail_content', hidden })
}

/** What the link in a mail stops. Throws `Refused` with `not_found` if it is none. */
export function stopMail(link: string): Promise<void> {
  return client.post(`/mail/unsubscribe/${encodeURIComponent(link)}`)
}
