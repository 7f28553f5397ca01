// All channels at a glance: for administrators. Of those that they do not see, how many there are.

import { Hash } from 'lucide-react'
import { useState } from 'react'
import { channelHref } from '../../app/place'
import { errorText, t } from '../../i18n'
import { formatAgo, formatBytes } from '../../i18n/format'
import { useChannelReports } from '../../model/admin'
import { updateChannel } from '../../model/channel'
import { failureText } from '../../model/pending'
import type { ChannelReport, HiddenChannels } from '../../protocol'
import { Button } from '../../ui/Button'
import { cx } from '../../ui/class'
import { Confirm } from '../../ui/Dialog'
import { Input, Switch } from '../../ui/Field'
import { toast } from '../../ui/Toast'
import { FormError } from '../account/person'
import { fold, rankBy } from '../palette/match'
import { useSounds } from '../palette/useSounds'
import { Part } from './Part'

export function ChannelsPage() {
  const { value, failure, reload } = useChannelReports()
  const [query, setQuery] = useState('')
  const [archived, setArchived] = useState(false)
  useSounds()
  const all = value?.channels ?? []
  const open = all.filter(({ channel }) => archived || !channel.archived)
  const folded = fold(query)
  const shown = folded ? rankBy(open, folded, ({ channel }) => [channel.name]) : open
  return (
    <>
      <Part hint={t('admin.channels_hint')}>
        <FormError text={failure && errorText(failure.code)} />
        <div className="mb-3 flex items-center gap-4 max-md:flex-col max-md:items-stretch">
          <Input
            type="search"
            placeholder={t('admin.channels_search')}
            aria-label={t('admin.channels_search')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
          <div className="shrink-0">
            <Switch
              label={t('admin.channels_archived')}
              checked={archived}
              onChange={setArchived}
            />
          </div>
        </div>
        {value && shown.length === 0 && (
          <p className="py-4 text-faint">{t('admin.channels_none')}</p>
        )}
        {shown.length > 0 && (
          <ul className="divide-y divide-line rounded-md border">
            {shown.map((report) => (
              <Row key={report.channel.id} report={report} onChanged={reload} />
            ))}
          </ul>
        )}
      </Part>
      {value?.counted && <Hidden hidden={value.hidden} />}
    </>
  )
}

function Row({ report, onChanged }: { report: ChannelReport; onChanged(): void }) {
  const { channel, members, messages, last_message_at: last, file_bytes: bytes } = report
  const [asking, setAsking] = useState(false)
  const change = () =>
    updateChannel(channel.id, { archived: !channel.archived }).settled.then(
      onChanged,
      (error: Error) => toast({ title: failureText(error), kind: 'error' }),
    )
  const facts = [
    t('admin.channel_members', { count: members }),
    t('admin.channel_messages', { count: messages }),
    ...(bytes ? [t('admin.channel_files', { size: formatBytes(bytes) })] : []),
    last ? t('admin.channel_last', { when: formatAgo(last) }) : t('admin.channel_silent'),
  ]
  return (
    <li className="flex min-h-14 items-center gap-3 px-3 py-2">
      <div className={cx('min-w-0 flex-1', channel.archived && 'opacity-55')}>
        <a href={channelHref(channel.id)} className="flex items-center gap-1 hover:underline">
          <Hash size={14} aria-hidden className="shrink-0 text-faint" />
          <span className="truncate">{channel.name}</span>
        </a>
        <div className="text-faint text-sm md:truncate">{facts.join(' · ')}</div>
      </div>
      <Button size="sm" onClick={() => (channel.archived ? void change() : setAsking(true))}>
        {channel.archived ? t('admin.channel_restore') : t('chat.archive')}
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('chat.archive_title', { name: `#${channel.name}` })}
        description={t('chat.archive_hint')}
        action={t('chat.archive')}
        onConfirm={() => void change()}
      />
    </li>
  )
}

function Hidden({ hidden }: { hidden: HiddenChannels }) {
  const { private: count, private_archived: archived, unmanaged, direct } = hidden
  return (
    <Part title={t('admin.hidden')} hint={t('admin.hidden_hint')}>
      <ul className="flex flex-col gap-1 text-soft">
        <li>{t('admin.hidden_private', { count })}</li>
        {archived > 0 && <li>{t('admin.hidden_archived', { count: archived })}</li>}
        <li>{t('admin.hidden_direct', { count: direct })}</li>
        {unmanaged > 0 && <li>{t('admin.hidden_unmanaged', { count: unmanaged })}</li>}
      </ul>
    </Part>
  )
}
