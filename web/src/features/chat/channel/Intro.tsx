// The beginning of a conversation: what it is for and what one can do next.

import { Hash, Lock } from 'lucide-react'
import { rich, t } from '../../../i18n'
import { formatDate } from '../../../i18n/format'
import { useChannelName, useMembership } from '../../../model/channel'
import { useMe, useMember, useMembers } from '../../../model/member'
import type { Channel } from '../../../protocol'
import { AvatarStack } from '../../../ui/Avatar'
import { Kbd } from '../../../ui/Kbd'

export function Intro({ channel }: { channel: Channel }) {
  const name = useChannelName(channel.id)
  const creator = useMember(channel.created_by)
  const joined = useMembership(channel.id) !== undefined
  return (
    <div className="px-5 pt-8 pb-2 max-md:px-4">
      {channel.kind === 'direct' ? (
        <DirectSign channel={channel} />
      ) : (
        <span className="flex size-10 items-center justify-center rounded-lg bg-sunken text-soft">
          {channel.kind === 'private' ? <Lock size={20} /> : <Hash size={20} />}
        </span>
      )}
      <h2 className="mt-3 font-semibold text-xl">{name}</h2>
      <p className="mt-0.5 max-w-xl text-soft">
        {channel.kind === 'direct'
          ? t('chat.intro_direct')
          : t(channel.kind === 'private' ? 'chat.intro_private' : 'chat.intro_public', {
              who: creator?.name ?? t('common.unknown_member'),
              when: formatDate(channel.created_at),
            })}
      </p>
      {channel.topic && <p className="mt-2 max-w-xl">{channel.topic}</p>}
      {joined && (
        <p className="mt-2 text-faint text-sm finger:hidden">
          {rich('chat.intro_hint', { key: <Kbd keys="T" /> })}
        </p>
      )}
      {joined && (
        <p className="mt-2 text-faint text-sm mouse:hidden">{t('chat.intro_hint_touch')}</p>
      )}
    </div>
  )
}

function DirectSign({ channel }: { channel: Channel }) {
  const me = useMe().id
  const members = useMembers()
  const others = (channel.members ?? []).filter((id) => id !== me)
  const shown = members.filter((member) => (others.length > 0 ? others : [me]).includes(member.id))
  return <AvatarStack members={shown} size={40} max={5} />
}
