// Channels with a rule of their own, and how one gets one.

import { Hash, Lock } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../i18n'
import { useChannels } from '../../../model/channel'
import { failureText } from '../../../model/pending'
import { ownErasesMore, setRetention, useRetention } from '../../../model/retention'
import type { Channel, ChannelRetention, RetentionReport } from '../../../protocol'
import { Button } from '../../../ui/Button'
import { Select } from '../../../ui/Select'
import { toast } from '../../../ui/Toast'
import { Part } from '../Part'
import { DaysSelect } from './DaysSelect'
import { Preview } from './Preview'

interface Asked {
  channel: Channel
  retention: ChannelRetention | undefined
}

function wishOf({ channel, retention }: Asked) {
  return { of: 'channel' as const, channel: channel.id, ...(retention && { retention }) }
}

export function OwnRules({ report, onChanged }: { report: RetentionReport; onChanged(): void }) {
  const retention = useRetention()
  const [asked, setAsked] = useState<Asked>()
  const others = report.other_channels
  const change = async (wish: Asked) => {
    if (ownErasesMore(retention, wish.channel, wish.retention)) return setAsked(wish)
    setAsked(undefined)
    try {
      await setRetention(wishOf(wish))
      toast({ title: t('settings.saved') })
      onChanged()
    } catch (error) {
      toast({ title: failureText(error as Error), kind: 'error' })
    }
  }
  return (
    <Part title={t('retention.own')} hint={t('retention.own_hint')}>
      {report.channels.length > 0 && (
        <ul className="mb-3 divide-y divide-line rounded-md border">
          {report.channels.map((channel) => (
            <Row key={channel.id} channel={channel} onChange={change} />
          ))}
        </ul>
      )}
      {others > 0 && (
        <p className="mb-3 text-faint">{t('retention.own_others', { count: others })}</p>
      )}
      <Add having={report.channels} onAdd={change} />
      {asked && (
        <Preview
          key={JSON.stringify(wishOf(asked))}
          wish={wishOf(asked)}
          onDone={onChanged}
          onCancel={() => setAsked(undefined)}
        />
      )}
    </Part>
  )
}

function Row({ channel, onChange }: { channel: Channel; onChange(wish: Asked): Promise<void> }) {
  const Mark = channel.kind === 'private' ? Lock : Hash
  return (
    <li className="flex items-center gap-3 px-3 py-2 max-md:flex-wrap">
      <span className="flex min-w-0 flex-1 items-center gap-1.5 max-md:basis-full">
        <Mark size={14} aria-hidden className="shrink-0 text-faint" />
        <span className="truncate">{channel.name}</span>
      </span>
      <DaysSelect
        label={t('retention.own_of', { channel: channel.name })}
        days={channel.retention?.days}
        onChange={(days) =>
          void onChange({ channel, retention: days === undefined ? {} : { days } })
        }
      />
      <Button size="sm" onClick={() => void onChange({ channel, retention: undefined })}>
        {t('retention.own_remove')}
      </Button>
    </li>
  )
}

function Add({ having, onAdd }: { having: readonly Channel[]; onAdd(wish: Asked): Promise<void> }) {
  const all = useChannels().filter(({ id, kind }) => {
    return kind !== 'direct' && !having.some((channel) => channel.id === id)
  })
  const [id, setId] = useState('')
  const [days, setDays] = useState<number>()
  const channel = all.find((each) => each.id === id)
  return (
    <div className="flex items-center gap-2 max-md:flex-col max-md:items-stretch">
      <Select
        label={t('retention.own_channel')}
        placeholder={t('retention.own_choose')}
        className="min-w-0 md:flex-1"
        value={id}
        onChange={setId}
        options={all.map((each) => ({ value: each.id, label: each.name }))}
      />
      <DaysSelect label={t('retention.own_days')} days={days} onChange={setDays} />
      <Button
        disabled={!channel}
        onClick={() => {
          if (!channel) return
          setId('')
          void onAdd({ channel, retention: days === undefined ? {} : { days } })
        }}
      >
        {t('retention.own_add')}
      </Button>
    </div>
  )
}
