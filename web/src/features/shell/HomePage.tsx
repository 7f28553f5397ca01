// `/`: leads to where one was, or to the first channel; teaches the first step if there is none.

import { useEffect } from 'react'
import { openDialog } from '../../app/dialog'
import { channelHref, channelsHref, go } from '../../app/place'
import { t } from '../../i18n'
import { useChannels, useMemberships } from '../../model/channel'
import { Button } from '../../ui/Button'
import { Empty } from '../../ui/Empty'
import { useWide } from '../../ui/wide'
import { lastPlace } from './visited'

export function HomePage() {
  const channels = useChannels()
  const memberships = useMemberships()
  const mine = new Set(memberships.map(({ channel }) => channel))
  const first = channels.find((channel) => mine.has(channel.id) && !channel.archived)
  const canJoin = channels.some((channel) => channel.kind === 'public' && !channel.archived)
  const isPhone = !useWide()
  const target = lastPlace() ?? (first && channelHref(first.id))
  useEffect(() => {
    if (isPhone) go(channelsHref, { replace: true })
    else if (target) go(target, { replace: true })
  }, [target, isPhone])
  if (target || isPhone) return null
  return (
    <Empty
      title={t('shell.nothing_open')}
      hint={t('shell.nothing_open_hint')}
      action={
        canJoin ? (
          <Button variant="primary" onClick={() => openDialog('browse-channels')}>
            {t('shell.channels_browse')}
          </Button>
        ) : (
          <Button variant="primary" onClick={() => openDialog('create-channel')}>
            {t('shell.channel_new')}
          </Button>
        )
      }
    />
  )
}
