// All channels that one may know of: find, look at, join.

import { Hash, Lock, Plus } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { openChannel } from '../../../app/place'
import { t } from '../../../i18n'
import { joinChannel, useChannels, useMemberships } from '../../../model/channel'
import { failureText } from '../../../model/pending'
import { useSpaces } from '../../../model/space'
import type { Channel } from '../../../protocol'
import { Button } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { Dialog } from '../../../ui/Dialog'
import { Empty } from '../../../ui/Empty'
import { Checkbox, Input } from '../../../ui/Field'
import { Select } from '../../../ui/Select'
import { toast } from '../../../ui/Toast'
import { rankBy } from '../../palette/match'
import { useSounds } from '../../palette/useSounds'

interface Props {
  open: boolean
  onOpenChange(open: boolean): void
  /** The button "New channel". */
  onCreate(): void
}

export function BrowseChannels({ open, onOpenChange, onCreate }: Props) {
  const search = useRef<HTMLInputElement>(null)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('chat.browse')}
      width="md"
      initialFocus={search}
    >
      {open && (
        <ChannelBrowser search={search} onClose={() => onOpenChange(false)} onCreate={onCreate} />
      )}
    </Dialog>
  )
}

interface BrowserProps {
  search: React.RefObject<HTMLInputElement | null>
  /** It fills what is around it, instead of a part of the window. */
  fills?: boolean
  /** Before one goes elsewhere. */
  onClose?(): void
  onCreate(): void
}

/** The list with what narrows it; stands in a window or on a page. */
export function ChannelBrowser({ search, fills, onClose, onCreate }: BrowserProps) {
  const channels = useChannels()
  const memberships = useMemberships()
  const [query, setQuery] = useState('')
  const [archived, setArchived] = useState(false)
  const [space, setSpace] = useState('')
  const spaces = useSpaces().filter((each) => !each.archived)
  const sounds = useSounds()
  const joined = useMemo(() => new Set(memberships.map((one) => one.channel)), [memberships])
  // biome-ignore lint/correctness/useExhaustiveDependencies: ranks anew once sounds are known
  const shown = useMemo(() => {
    const able = channels.filter(
      (channel) =>
        channel.kind !== 'direct' &&
        (channel.archived === true) === archived &&
        (space === '' || channel.space === space),
    )
    return rankBy(able, query, (channel) => [channel.name, channel.topic ?? ''])
  }, [channels, query, archived, space, sounds])
  const open = (channel: Channel) => {
    onClose?.()
    openChannel(channel.id)
  }
  const create = () => {
    onClose?.()
    onCreate()
  }
  return (
    <div className={cx('flex flex-col gap-3', fills && 'min-h-0 flex-1')}>
      <div className="flex gap-2 max-md:flex-wrap">
        <Input
          ref={search}
          type="search"
          value={query}
          aria-label={t('chat.browse_search')}
          placeholder={t('chat.browse_search')}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing || event.keyCode === 229) return
            if (event.key === 'Enter' && shown[0]) open(shown[0])
          }}
        />
        {spaces.length > 0 && (
          <Select
            label={t('space.field')}
            value={space}
            onChange={setSpace}
            className="max-w-44 shrink-0"
            options={[
              { value: '', label: t('space.all') },
              ...spaces.map((each) => ({ value: each.id, label: each.name })),
            ]}
          />
        )}
        <Button icon={<Plus size={16} aria-hidden />} onClick={create}>
          {t('chat.create_channel')}
        </Button>
      </div>
      <ul className={cx('overflow-y-auto', fills ? 'min-h-0 flex-1' : 'h-[min(420px,50vh)]')}>
        {shown.length === 0 && (
          <li className="h-full">
            <Empty
              title={t('chat.browse_none')}
              hint={t('chat.browse_none_hint')}
              action={
                <Button variant="primary" onClick={create}>
                  {t('chat.create_channel')}
                </Button>
              }
            />
          </li>
        )}
        {shown.map((channel) => (
          <Line
            key={channel.id}
            channel={channel}
            joined={joined.has(channel.id)}
            onOpen={() => open(channel)}
          />
        ))}
      </ul>
      <Checkbox checked={archived} onChange={setArchived} label={t('chat.show_archived')} />
    </div>
  )
}

const LINE = 'group relative flex min-h-12 items-center gap-3 rounded-md px-2 py-1.5 hover:bg-hover'

function Line(props: { channel: Channel; joined: boolean; onOpen(): void }) {
  const { channel, joined, onOpen } = props
  return (
    <li className={LINE}>
      <span className="text-faint">
        {channel.kind === 'private' ? (
          <Lock size={16} aria-label={t('chat.private')} />
        ) : (
          <Hash size={16} aria-hidden />
        )}
      </span>
      <button
        type="button"
        onClick={onOpen}
        className="min-w-0 flex-1 text-left after:absolute after:inset-0"
      >
        <span className="block truncate font-medium">{channel.name}</span>
        {channel.topic && (
          <span className="block truncate text-faint text-sm">{channel.topic}</span>
        )}
      </button>
      {joined ? (
        <span className="shrink-0 text-faint text-sm">{t('chat.joined')}</span>
      ) : (
        !channel.archived && (
          <Button
            size="sm"
            className="relative z-10"
            onClick={() => {
              joinChannel(channel.id).settled.catch((error: Error) =>
                toast({ title: failureText(error), kind: 'error' }),
              )
              onOpen()
            }}
          >
            {t('chat.join')}
          </Button>
        )
      )}
    </li>
  )
}
