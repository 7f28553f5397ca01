// What the reader wants to hear of, and when. All but the browser's own permission is the same on
// every device.

import { Volume2, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { channelHref } from '../../app/place'
import { t } from '../../i18n'
import { formatWhen } from '../../i18n/format'
import { useChannelName } from '../../model/channel'
import { useMe } from '../../model/member'
import {
  type ChannelSetting,
  changeChannelSetting,
  changePreferences,
  useChannelSettings,
  usePreferences,
} from '../../model/preference'
import { Button, IconButton } from '../../ui/Button'
import { Field, Input, Switch } from '../../ui/Field'
import { laterChoices } from '../inbox/logic/later'
import { playSound } from '../shell/sound'
import { MailPart } from './MailPart'
import { Part } from './Part'
import { PushPart } from './PushPart'

const HOUR_MS = 3_600_000
/** What one is offered first: from ten in the evening to eight in the morning. */
const USUAL_HOURS = { from_minutes: 22 * 60, until_minutes: 8 * 60 }

export function NotificationsPage() {
  return (
    <>
      <Browser />
      <PushPart />
      <MailPart />
      <QuietHours />
      <Pause />
      <Keywords />
      <Channels />
    </>
  )
}

function Browser() {
  const { browser, sound } = usePreferences()
  const isThere = 'Notification' in window
  const [permission, setPermission] = useState(isThere ? Notification.permission : 'denied')
  const ask = async () => setPermission(await Notification.requestPermission())
  return (
    <Part title={t('settings.browser')} hint={t('settings.browser_hint')}>
      <div className="flex max-w-md flex-col gap-3">
        <Switch
          label={t('settings.browser_switch')}
          checked={browser ?? true}
          onChange={(next) => {
            changePreferences({ browser: next })
            if (next && isThere && permission === 'default') void ask()
          }}
        />
        {browser && isThere && permission === 'default' && (
          <div>
            <Button onClick={() => void ask()}>{t('settings.browser_ask')}</Button>
          </div>
        )}
        {browser && permission === 'denied' && (
          <p className="text-sm text-soft">
            {isThere ? t('settings.browser_blocked') : t('settings.browser_missing')}
          </p>
        )}
        <Switch
          label={t('settings.sound')}
          checked={sound ?? true}
          onChange={(next) => changePreferences({ sound: next })}
        />
        <div>
          <Button icon={<Volume2 size={16} aria-hidden />} onClick={playSound}>
            {t('settings.sound_try')}
          </Button>
        </div>
      </div>
    </Part>
  )
}

function QuietHours() {
  const { quiet_hours: hours } = usePreferences()
  const zone = useMe().time_zone.replaceAll('_', ' ')
  const set = (next: typeof hours) => changePreferences({ quiet_hours: next ?? undefined })
  return (
    <Part title={t('settings.quiet')} hint={t('settings.quiet_hint', { zone })}>
      <div className="flex max-w-md flex-col gap-3">
        <Switch
          label={t('settings.quiet_switch')}
          checked={!!hours}
          onChange={(next) => set(next ? USUAL_HOURS : undefined)}
        />
        {hours && (
          <div className="grid grid-cols-2 gap-3">
            <Field label={t('settings.quiet_from')}>
              <Clock
                minutes={hours.from_minutes}
                onChange={(from_minutes) => set({ ...hours, from_minutes })}
              />
            </Field>
            <Field label={t('settings.quiet_until')}>
              <Clock
                minutes={hours.until_minutes}
                onChange={(until_minutes) => set({ ...hours, until_minutes })}
              />
            </Field>
          </div>
        )}
      </div>
    </Part>
  )
}

interface ClockProps {
  minutes: number
  onChange(minutes: number): void
}

export function Clock({ minutes, onChange, ...rest }: ClockProps) {
  const two = (value: number) => String(value).padStart(2, '0')
  return (
    <Input
      {...rest}
      type="time"
      required
      value={`${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`}
      onChange={({ target }) => {
        const [hour, minute] = target.value.split(':').map(Number)
        // A field that is being typed in is empty for a while.
        if (hour !== undefined && minute !== undefined) onChange(hour * 60 + minute)
      }}
    />
  )
}

function Pause() {
  const { do_not_disturb_until: until } = usePreferences()
  const zone = useMe().time_zone
  const isOn = !!until && new Date(until) > new Date()
  const pause = (at: Date | undefined) => {
    changePreferences({ do_not_disturb_until: at?.toISOString() })
  }
  const tomorrow = () => laterChoices(new Date(), zone).find(({ id }) => id === 'tomorrow')?.at
  return (
    <Part
      title={t('settings.pause')}
      hint={isOn ? t('settings.pause_until', { when: formatWhen(until) }) : undefined}
    >
      <div className="flex flex-wrap gap-2">
        {isOn && (
          <Button variant="primary" onClick={() => pause(undefined)}>
            {t('settings.pause_end')}
          </Button>
        )}
        <Button onClick={() => pause(new Date(Date.now() + HOUR_MS))}>
          {t('settings.pause_hour')}
        </Button>
        <Button onClick={() => pause(tomorrow())}>{t('settings.pause_tomorrow')}</Button>
      </div>
    </Part>
  )
}

function Keywords() {
  const { keywords = [] } = usePreferences()
  const [text, setText] = useState('')
  const add = (event: FormEvent) => {
    event.preventDefault()
    const word = text.trim()
    setText('')
    if (word && !keywords.includes(word)) changePreferences({ keywords: [...keywords, word] })
  }
  const remove = (word: string) => {
    changePreferences({ keywords: keywords.filter((other) => other !== word) })
  }
  return (
    <Part title={t('settings.keywords')} hint={t('settings.keywords_hint')}>
      {keywords.length > 0 && (
        <ul className="mb-3 flex flex-wrap gap-1.5">
          {keywords.map((word) => (
            <li
              key={word}
              className="flex h-7 max-w-full items-center gap-1 rounded-md bg-active pr-0.5 pl-2"
            >
              <span className="truncate">{word}</span>
              <IconButton
                size="sm"
                label={t('settings.keyword_remove', { keyword: word })}
                onClick={() => remove(word)}
              >
                <X size={14} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={add} className="flex max-w-md gap-2">
        <Input
          aria-label={t('settings.keyword_new')}
          placeholder={t('settings.keyword_new')}
          maxLength={80}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Button type="submit" disabled={text.trim() === ''}>
          {t('settings.keyword_add')}
        </Button>
      </form>
    </Part>
  )
}

function Channels() {
  const settings = useChannelSettings()
  return (
    <Part title={t('settings.channel_rules')}>
      {settings.length === 0 && (
        <p className="text-sm text-soft">{t('settings.channel_rules_empty')}</p>
      )}
      <ul>
        {settings.map((setting) => (
          <ChannelRule key={setting.channel} setting={setting} />
        ))}
      </ul>
    </Part>
  )
}

function ChannelRule({ setting }: { setting: ChannelSetting }) {
  const name = useChannelName(setting.channel)
  const words = [
    setting.level && t(`chat.notify_${setting.level}`),
    setting.muted && t('shell.muted'),
  ].filter(Boolean)
  return (
    <li className="flex h-9 items-center gap-3">
      <a href={channelHref(setting.channel)} className="min-w-0 flex-1 truncate hover:underline">
        {name}
      </a>
      <span className="text-sm text-soft">{words.join(' · ')}</span>
      <IconButton
        size="sm"
        label={t('settings.rule_remove', { channel: name })}
        onClick={() => changeChannelSetting(setting.channel, { level: null, muted: false })}
      >
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  )
}
