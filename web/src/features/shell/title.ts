// The title of the browser's tab: where one is, and how many mentions wait.

import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { t } from '../../i18n'
import { useChannel, useChannelName, useMemberships } from '../../model/channel'
import { useWorkspace } from '../../model/member'
import { useProject } from '../../model/project'

export function useTitle(): void {
  const pathname = useLocation({ select: (location) => location.pathname })
  const [, kind, name = ''] = pathname.split('/')
  const channel = useChannel(kind === 'c' ? name : undefined)
  const channelName = useChannelName(channel?.id)
  const project = useProject(kind === 'p' ? name : undefined)
  const workspace = useWorkspace()
  const memberships = useMemberships()
  const waiting = memberships.reduce((sum, { mentions }) => sum + mentions, 0)
  const place = placeName(kind, name) || channelName || project?.name
  useEffect(() => {
    const count = waiting > 0 ? `(${waiting}) ` : ''
    document.title = `${count}${place ? `${place} · ` : ''}${workspace.name}`
  }, [waiting, place, workspace.name])
}

function placeName(kind: string | undefined, name: string): string {
  if (kind === 't') return name.toUpperCase()
  if (kind === 'my-work') return t('shell.my_work')
  return kind === 'settings' ? t('shell.settings') : ''
}
