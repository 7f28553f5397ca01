// The menu of a channel.

import {
  Archive,
  Bell,
  Bookmark,
  Ellipsis,
  Info,
  Link,
  Lock,
  LogOut,
  Megaphone,
  Pencil,
  Plus,
  Rss,
  Search,
  SlidersHorizontal,
  UserPlus,
  UsersRound,
  Webhook,
} from 'lucide-react'
import { channelHref, go, openPane, searchHref, settingsHref } from '../../../app/place'
import { t } from '../../../i18n'
import { canKeep, canManage, leaveChannel, updateChannel } from '../../../model/channel'
import { isAdmin, useMe } from '../../../model/member'
import { failureText } from '../../../model/pending'
import { changeChannelSetting, type Level, useChannelSetting } from '../../../model/preference'
import type { Channel } from '../../../protocol'
import { IconButton } from '../../../ui/Button'
import { Menu, MenuCheck, MenuItem, MenuLine, MenuSub } from '../../../ui/Menu'
import { toast } from '../../../ui/Toast'
import { quoted } from '../../search/filter'
import { PlaceItems } from '../../shell/RowMenu'
import type { ChannelWindow } from './ChannelWindows'

interface Props {
  channel: Channel
  joined: boolean
  onWindow(window: ChannelWindow): void
}

export function ChannelMenu({ channel, joined, onWindow }: Props) {
  const me = useMe()
  const direct = channel.kind === 'direct'
  const changes = joined && !direct && !channel.archived
  const keeps = canKeep(channel, me)
  const manages = canManage(channel, me)
  const copy = () => {
    navigator.clipboard.writeText(new URL(channelHref(channel.id), location.origin).href).then(
      () => toast({ title: t('chat.link_copied') }),
      () => toast({ title: t('chat.copy_failed'), kind: 'error' }),
    )
  }
  const leave = () => {
    if (channel.kind === 'private') onWindow('leave')
    else leaveChannel(channel.id).settled.catch(failed)
  }
  return (
    <Menu
      className="min-w-56"
      trigger={
        <IconButton label={t('chat.channel_menu')}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<Info size={16} />} onClick={() => openPane({ info: true })}>
        {t(direct ? 'chat.about_direct' : 'chat.about')}
      </MenuItem>
      {joined && (
        <>
          <MenuLine />
          <PlaceItems row={{ channel: channel.id }} />
          <NotifySub channel={channel} />
        </>
      )}
      {joined && !channel.archived && (!direct || keeps) && <MenuLine />}
      {changes && (
        <MenuItem icon={<UserPlus size={16} />} onClick={() => onWindow('add')}>
          {t('chat.add_people')}
        </MenuItem>
      )}
      {joined && keeps && !channel.archived && (
        <AddSub webhooks={isAdmin(me) && changes} onWindow={onWindow} />
      )}
      {changes && keeps && (
        <MenuItem icon={<Pencil size={16} />} onClick={() => onWindow('edit')}>
          {t('chat.edit_channel')}
        </MenuItem>
      )}
      {changes && manages && <ManageSub channel={channel} onWindow={onWindow} />}
      <MenuLine />
      {!direct && (
        <MenuItem
          icon={<Search size={16} />}
          onClick={() => go(searchHref({ q: `in:${quoted(`#${channel.name}`)} ` }))}
        >
          {t('chat.search_here')}
        </MenuItem>
      )}
      <MenuItem icon={<Link size={16} />} onClick={copy}>
        {t('chat.copy_link')}
      </MenuItem>
      {joined && !direct && (
        <>
          <MenuLine />
          {channel.archived && manages && (
            <MenuItem
              icon={<Archive size={16} />}
              onClick={() => updateChannel(channel.id, { archived: false }).settled.catch(failed)}
            >
              {t('chat.restore')}
            </MenuItem>
          )}
          <MenuItem icon={<LogOut size={16} />} onClick={leave}>
            {t('chat.leave')}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}

interface SubProps {
  onWindow(window: ChannelWindow): void
}

/** What is put into the channel, besides people. */
function AddSub({ webhooks, onWindow }: SubProps & { webhooks: boolean }) {
  return (
    <MenuSub icon={<Plus size={16} />} label={t('chat.add_here')}>
      <MenuItem icon={<Bookmark size={16} />} onClick={() => onWindow('bookmark')}>
        {t('chat.bookmark_add')}
      </MenuItem>
      <MenuItem icon={<Rss size={16} />} onClick={() => onWindow('feeds')}>
        {t('chat.follow_project')}
      </MenuItem>
      {webhooks && (
        <MenuItem icon={<Webhook size={16} />} onClick={() => go(settingsHref('hooks'))}>
          {t('chat.webhooks')}
        </MenuItem>
      )}
    </MenuSub>
  )
}

/** What only those who manage the channel decide. */
function ManageSub({ channel, onWindow }: SubProps & { channel: Channel }) {
  return (
    <MenuSub icon={<SlidersHorizontal size={16} />} label={t('chat.manage')}>
      <MenuItem icon={<Megaphone size={16} />} onClick={() => onWindow('posting')}>
        {t('chat.posting')}
      </MenuItem>
      <MenuItem icon={<UsersRound size={16} />} onClick={() => onWindow('follow')}>
        {t('roster.follow')}
      </MenuItem>
      {channel.kind === 'public' && (
        <MenuItem icon={<Lock size={16} />} onClick={() => onWindow('hide')}>
          {t('chat.hide')}
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem icon={<Archive size={16} />} onClick={() => onWindow('archive')}>
        {t('chat.archive')}
      </MenuItem>
    </MenuSub>
  )
}

const LEVELS: Level[] = ['all', 'mentions', 'nothing']

/** How much the reader wants to hear of the channel. */
function NotifySub({ channel }: { channel: Channel }) {
  const setting = useChannelSetting(channel.id)
  const usual: Level = channel.kind === 'direct' ? 'all' : 'mentions'
  const level = setting?.level ?? usual
  const choose = (next: Level) => {
    changeChannelSetting(channel.id, { level: next === usual ? null : next }).settled.catch(failed)
  }
  return (
    <MenuSub icon={<Bell size={16} />} label={t('chat.notify')}>
      {LEVELS.map((each) => (
        <MenuCheck key={each} closes checked={level === each} onChange={() => choose(each)}>
          {t(`chat.notify_${each}`)}
        </MenuCheck>
      ))}
      <MenuLine />
      <MenuCheck
        closes
        checked={setting?.muted ?? false}
        onChange={(muted) => {
          changeChannelSetting(channel.id, { muted }).settled.catch(failed)
        }}
      >
        {t('chat.mute')}
      </MenuCheck>
    </MenuSub>
  )
}

function failed(error: Error) {
  toast({ title: failureText(error), kind: 'error' })
}
