// The spaces and channels that follow a group, as far as the reader sees them.

import { Link } from '@tanstack/react-router'
import { Hash, Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { channelHref, spaceHref } from '../../app/place'
import { t } from '../../i18n'
import { useChannels } from '../../model/channel'
import { useGroupFollowers } from '../../model/roster'
import { useSpaces } from '../../model/space'
import type { Channel, Group, Space } from '../../protocol'
import { SpaceMark } from '../space/SpaceMark'

export function useFollowersOf(group: string | undefined): {
  spaces: Space[]
  channels: Channel[]
} {
  const followers = useGroupFollowers(group)
  const spaces = useSpaces().filter(({ id }) => followers?.spaces.includes(id))
  const channels = useChannels().filter(({ id }) => followers?.channels.includes(id))
  return { spaces, channels }
}

export function GroupFollowers({ group }: { group: Group }) {
  const { spaces, channels } = useFollowersOf(group.id)
  if (spaces.length + channels.length === 0) return null
  return (
    <section aria-label={t('roster.followers')} className="mb-3">
      <h3 className="mb-1.5 text-faint text-sm">{t('roster.followers')}</h3>
      <ul className="flex flex-wrap gap-1.5">
        {spaces.map((space) => (
          <Place key={space.id} to={spaceHref(space.id)} name={space.name}>
            <SpaceMark space={space} size={16} />
          </Place>
        ))}
        {channels.map(({ id, kind, name }) => (
          <Place key={id} to={channelHref(id)} name={name}>
            {kind === 'private' ? <Lock size={14} aria-hidden /> : <Hash size={14} aria-hidden />}
          </Place>
        ))}
      </ul>
    </section>
  )
}

function Place({ to, name, children }: { to: string; name: string; children: ReactNode }) {
  return (
    <li>
      <Link
        to={to}
        className="inline-flex min-h-7 items-center gap-1.5 rounded-md border px-2 text-sm
          hover:bg-hover finger:min-h-10"
      >
        {children}
        {name}
      </Link>
    </li>
  )
}
