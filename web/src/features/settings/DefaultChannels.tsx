// The channels that new members join by themselves, for administrators.

import { Hash, X } from 'lucide-react'
import { t } from '../../i18n'
import { updateChannel, useChannels } from '../../model/channel'
import { failureText } from '../../model/pending'
import type { Channel } from '../../protocol'
import { IconButton } from '../../ui/Button'
import { Select } from '../../ui/Select'
import { toast } from '../../ui/Toast'
import { Part } from './Part'

export function DefaultChannels() {
  // Those in a space are joined by whoever joins that.
  const open = useChannels().filter(
    ({ kind, archived, space }) => kind === 'public' && !archived && !space,
  )
  const chosen = open.filter((channel) => channel.is_default)
  const others = open.filter((channel) => !channel.is_default)
  return (
    <Part title={t('settings.default_channels')} hint={t('settings.default_channels_hint')}>
      {chosen.length > 0 && (
        <ul className="mb-3 divide-y rounded-lg border">
          {chosen.map((channel) => (
            <Chosen key={channel.id} channel={channel} />
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <Select
          label={t('settings.default_channels_add')}
          value=""
          onChange={(id) => id && mark(id, true)}
          placeholder={t('settings.default_channels_add')}
          options={others.map(({ id, name }) => ({ value: id, label: `#${name}` }))}
        />
      )}
    </Part>
  )
}

function Chosen({ channel: { id, name } }: { channel: Channel }) {
  return (
    <li className="flex h-10 items-center gap-2 pr-1.5 pl-3">
      <Hash size={16} aria-hidden className="shrink-0 text-faint" />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <IconButton
        size="sm"
        label={t('settings.default_channels_remove', { name })}
        onClick={() => mark(id, false)}
      >
        <X size={16} aria-hidden />
      </IconButton>
    </li>
  )
}

function mark(channel: string, isDefault: boolean): void {
  updateChannel(channel, { is_default: isDefault }).settled.catch((error: Error) =>
    toast({ title: failureText(error), kind: 'error' }),
  )
}
