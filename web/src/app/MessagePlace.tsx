// A link to a message (`/m/ID`): finds where it stands and goes there.

import { useEffect, useState } from 'react'
import { loadMessage } from '../model/message'
import { loadTask } from '../model/task'
import { Skeleton } from '../ui/Skeleton'
import { NotFound } from './NotFound'
import { channelHref, go, paneText, taskHref } from './place'

export function MessagePlace({ messageId }: { messageId: string }) {
  const [missing, setMissing] = useState(false)
  useEffect(() => {
    let isHere = true
    placeOf(messageId).then(
      (href) => isHere && go(href, { replace: true }),
      () => isHere && setMissing(true),
    )
    return () => {
      isHere = false
    }
  }, [messageId])
  if (missing) return <NotFound />
  return <Skeleton className="m-6 h-10" />
}

async function placeOf(messageId: string): Promise<string> {
  const message = await loadMessage(messageId)
  if (message.task) return taskHref((await loadTask(message.task)).key, message.id)
  const channel = channelHref(message.channel ?? '')
  if (!message.thread) return `${channel}?at=${message.seq}`
  const root = await loadMessage(message.thread)
  return `${channel}?at=${root.seq}&pane=${paneText({ thread: root.id, reply: message.id })}`
}
