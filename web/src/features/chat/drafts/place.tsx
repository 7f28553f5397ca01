// Where unsent words belong: the name of a conversation, and how to get there.

import { CircleDot, Hash, Lock, MessagesSquare } from 'lucide-react'
import type { ReactNode } from 'react'
import { channelHref, go, openTask } from '../../../app/place'
import { t } from '../../../i18n'
import { useChannel, useChannelName } from '../../../model/channel'
import { useMessage } from '../../../model/message'
import { useTask } from '../../../model/task'

export interface Place {
  icon: ReactNode
  name: string
  /** Undefined where the reader cannot go any more. */
  open: (() => void) | undefined
}

/** `home` is `channel:ID`, `thread:ID` or `task:ID`; `channelId` is that of a thread. */
export function usePlace(home: string, channelId: string | undefined): Place {
  const [kind, id = ''] = home.split(':')
  const root = useMessage(kind === 'thread' ? id : '')
  const inChannel = kind === 'channel' ? id : (channelId ?? root?.channel ?? undefined)
  const channel = useChannel(kind === 'task' ? undefined : inChannel)
  const channelName = useChannelName(channel?.id)
  const task = useTask(kind === 'task' ? id : undefined)
  if (kind === 'task') {
    return {
      icon: <CircleDot size={16} aria-hidden />,
      name: task ? `${task.key} ${task.title}` : task === null ? t('draft.gone') : '',
      open: task ? () => openTask(task.key) : undefined,
    }
  }
  if (!channel) {
    return { icon: <Lock size={16} aria-hidden />, name: t('draft.gone'), open: undefined }
  }
  const where = channel.kind === 'direct' ? channelName : `#${channelName}`
  if (kind === 'thread') {
    return {
      icon: <MessagesSquare size={16} aria-hidden />,
      name: t('draft.thread_in', { where }),
      open: () => go(`${channelHref(channel.id)}?pane=thread:${id}`),
    }
  }
  const Icon = channel.kind === 'private' ? Lock : Hash
  return {
    icon: channel.kind === 'direct' ? <MessagesSquare size={16} /> : <Icon size={16} />,
    name: channelName,
    open: () => go(channelHref(channel.id)),
  }
}
