// Notifications on this device while Tenon is not open.

import { useEffect, useState } from 'react'
import type { Notification as Told } from '../protocol'
import { client } from '../sync/client'
import { type PushState, pushState, registration, turnOff, turnOn } from '../sync/push'
import type { Kept } from '../sync/pushed'
import { type Failure, Refused } from './pending'

export type { PushState }

export interface Push {
  state: PushState
  /** Something is under way. */
  busy: boolean
  /** Why the last change had no effect; `browser` if it was the browser's push service. */
  failure: Failure['code'] | 'browser' | undefined
  change(on: boolean): void
}

/** Whether this device is pushed to, and how to change that. */
export function usePush(): Push {
  const [state, setState] = useState<PushState>('checking')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Push['failure']>()
  useEffect(() => {
    let here = true
    pushState(client).then(
      (found) => here && setState(found),
      (error: unknown) => {
        if (!here) return
        setState('off')
        setFailure(codeOf(error))
      },
    )
    return () => {
      here = false
    }
  }, [])
  const change = async (on: boolean) => {
    setBusy(true)
    setFailure(undefined)
    try {
      setState(await (on ? turnOn(client, client.view.replica.me) : turnOff(client)))
    } catch (error) {
      setFailure(codeOf(error))
    }
    setBusy(false)
  }
  return { state, busy, failure, change: (on) => void change(on) }
}

function codeOf(error: unknown): Push['failure'] {
  return error instanceof Refused ? error.failure.code : 'browser'
}

/** What of one conversation takes each other's place, as the server says it too. */
export function tagOf({ reason, channel, thread, task, id }: Told): string {
  const goesOn = [
    'task_assigned',
    'direct_message',
    'thread_reply',
    'task_message',
    'task_state',
    'channel_message',
  ]
  return (goesOn.includes(reason) && (thread ?? task ?? channel)) || id
}

/** Shows it as a push would be, which then is not shown again. False if nothing is pushed here. */
export async function showAsPush(
  told: Told,
  title: string,
  body: string,
  path: string,
): Promise<boolean> {
  const worker = await registration()
  if (!(await worker?.pushManager?.getSubscription())) return false
  const data: Kept = { id: told.id, path }
  await worker?.showNotification(title, { tag: tagOf(told), body, icon: '/icon.svg', data })
  return true
}
