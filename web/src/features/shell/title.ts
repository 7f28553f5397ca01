// The title of the browser's tab: where one is, and how many notifications wait; and the dot on
// its icon.

import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { t } from '../../i18n'
import { useChannel, useChannelName } from '../../model/channel'
import { useWorkspace } from '../../model/member'
import { useUnreadCount } from '../../model/notification'
import { afterPaint } from '../../model/paint'
import { useProject } from '../../model/project'
import { useSpace } from '../../model/space'

export function useTitle(): void {
  const pathname = useLocation({ select: (location) => location.pathname })
  const [, kind, name = ''] = pathname.split('/')
  const channel = useChannel(kind === 'c' ? name : undefined)
  const channelName = useChannelName(channel?.id)
  const space = useSpace(kind === 'spaces' ? name : undefined)
  const project = useProject(kind === 'p' ? name : undefined)
  const workspace = useWorkspace()
  const waiting = useUnreadCount()
  const place = placeName(kind, name) || channelName || space?.name || project?.name
  useEffect(() => {
    const count = waiting > 0 ? `(${waiting}) ` : ''
    const title = `${count}${place ? `${place} · ` : ''}${workspace.name}`
    return afterPaint(() => {
      document.title = title
      return undefined
    })
  }, [waiting, place, workspace.name])
  const isWaiting = waiting > 0
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (icon) icon.href = isWaiting ? '/icon-new.svg' : '/icon.svg'
  }, [isWaiting])
}

function placeName(kind: string | undefined, name: string): string {
  if (kind === 't') return name.toUpperCase()
  if (kind === 'inbox') return t('shell.inbox')
  if (kind === 'my-work') return t('shell.my_work')
  if (kind === 'threads') return t('thread.title')
  if (kind === 'drafts') return t('draft.title')
  if (kind === 'people') return t('shell.people')
  if (kind === 'spaces' && name === '') return t('space.title')
  return kind === 'settings' ? t('shell.settings') : ''
}
