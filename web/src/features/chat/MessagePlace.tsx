// `/m/{id}`: finds where a message lies and goes there: its channel, its thread, its task.

import { useEffect, useState } from 'react'
import { channelHref, go, paneText, taskHref } from '../../app/place'
import { errorText, t } from '../../i18n'
import { loadMessage } from '../../model/message'
import { Refused } from '../../model/pending'
import { Button } from '../../ui/Button'
import { Empty } from '../../ui/Empty'
import { Loading } from './list/MessageList'

export function MessagePlace({ messageId }: { messageId: string }) {
  const [error, setError] = useState<string | null>(null)
  useEffect(() => {
    let here = true
    hrefOf(messageId).then(
      (href) => here && go(href, { replace: true }),
      (failure: unknown) => {
        if (!here) return
        const code = failure instanceof Refused ? failure.failure.code : 'not_found'
        setError(errorText(code))
      },
    )
    return () => {
      here = false
    }
  }, [messageId])
  if (error === null) return <Loading />
  return (
    <Empty
      title={t('common.not_found')}
      hint={error}
      action={<Button onClick={() => go('/')}>{t('common.back')}</Button>}
    />
  )
}

async function hrefOf(id: string): Promise<string> {
  const message = await loadMessage(id)
  if (message.task) return taskHref(message.task)
  const channel = channelHref(message.channel ?? '')
  if (!message.thread) return `${channel}?at=${message.seq}`
  const root = await loadMessage(message.thread)
  return `${channel}?at=${root.seq}&pane=${paneText({ thread: root.id })}`
}
