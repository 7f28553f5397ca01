// What the commands of the composer do in a channel.

import { useMemo } from 'react'
import { openDialog } from '../../../app/dialog'
import { go, openChannel, searchHref } from '../../../app/place'
import { t } from '../../../i18n'
import { formatWhen } from '../../../i18n/format'
import {
  addChannelMember,
  canKeep,
  leaveChannel,
  openDirect,
  updateChannel,
} from '../../../model/channel'
import { setDraft } from '../../../model/draft'
import { useMe, useMembers } from '../../../model/member'
import { postMessage } from '../../../model/message'
import { failureText } from '../../../model/pending'
import {
  changeChannelSetting,
  changePreferences,
  useChannelSetting,
} from '../../../model/preference'
import { endOf, setStatus } from '../../../model/status'
import { makeTask } from '../../../model/task'
import type { Channel, Member } from '../../../protocol'
import { directory, split } from '../../../ui/markdown/part'
import { toast } from '../../../ui/Toast'
import { pollDraft, pollOfWords } from '../composer/poll'
import {
  readPause,
  readSlash,
  SLASH_NAMES,
  type SlashCommands,
  type SlashName,
} from '../composer/slash'
import type { Surroundings } from '../composer/useOptions'

/** What a command works with. */
interface Here {
  channel: Channel
  me: Member
  members: readonly Member[]
  projects: readonly string[]
}

export function useSlash(channel: Channel, around: Surroundings): SlashCommands {
  const me = useMe()
  const members = useMembers()
  const muted = useChannelSetting(channel.id)?.muted ?? false
  const { projects } = around
  return useMemo(() => {
    const direct = channel.kind === 'direct'
    const names = SLASH_NAMES.filter((name) => {
      if (name === 'topic') return !direct && canKeep(channel, me)
      if (name === 'invite') return !direct
      // Whoever leaves a private channel is asked first, by its menu.
      if (name === 'leave') return channel.kind === 'public'
      if (name === 'mute') return !muted
      return name !== 'unmute' || muted
    })
    const run = (text: string) => {
      const slash = readSlash(text)
      if (!slash) return 'message'
      const { name, typed, rest } = slash
      if (!name || !names.includes(name)) {
        return refuse(t('chat.slash_unknown', { command: `/${typed}` }))
      }
      return RUN[name](rest, { channel, me, members, projects })
    }
    return { names, run }
  }, [channel, me, members, muted, projects])
}

const RUN: Record<SlashName, (rest: string, here: Here) => 'done' | 'kept'> = {
  task: (rest, { channel, projects }) => {
    if (rest === '') return refuse(t('chat.slash_task_use'))
    const [project] = projects
    if (!project) {
      // Nobody said which project: the window asks.
      setDraft('new-task:title', rest.replaceAll('\n', ' '))
      openDialog('new-task')
      return 'done'
    }
    const { id } = postMessage({ channel: channel.id }, rest)
    makeTask(id, { project }).settled.catch(failed)
    return 'done'
  },
  msg: (rest, { members }) => {
    const [first, ...parts] = split(rest, directory(members))
    const text = parts.map((part) => part.text).join('')
    if (first?.kind !== 'mention' || text.trim() === '') return refuse(t('chat.slash_msg_use'))
    openDirect([first.id]).then((id) => {
      postMessage({ channel: id }, text.trim())
      openChannel(id)
    }, failed)
    return 'done'
  },
  invite: (rest, { channel, members }) => {
    const parts = split(rest, directory(members))
    const ids = new Set(parts.flatMap((part) => (part.kind === 'mention' ? [part.id] : [])))
    if (ids.size === 0) return refuse(t('chat.slash_invite_use'))
    for (const id of ids) {
      const who = members.find((member) => member.id === id)?.name ?? ''
      addChannelMember(channel.id, id).settled.then(
        () => toast({ title: t('chat.slash_invited', { who }) }),
        failed,
      )
    }
    return 'done'
  },
  topic: (rest, { channel }) => {
    updateChannel(channel.id, { topic: rest }).settled.catch(failed)
    return 'done'
  },
  search: (rest) => {
    if (rest === '') return refuse(t('chat.slash_search_use'))
    go(searchHref({ q: rest }))
    return 'done'
  },
  mute: (_, { channel }) => setMuted(channel.id, true),
  unmute: (_, { channel }) => setMuted(channel.id, false),
  dnd: (rest) => {
    const minutes = readPause(rest)
    if (minutes === undefined) return refuse(t('chat.slash_dnd_use'))
    const until = minutes === 0 ? undefined : new Date(Date.now() + minutes * 60_000).toISOString()
    const when = until && formatWhen(until)
    changePreferences({ do_not_disturb_until: until }).settled.then(
      () => toast({ title: when ? t('chat.slash_paused', { when }) : t('chat.slash_unpaused') }),
      failed,
    )
    return 'done'
  },
  status: (rest, { me }) => {
    if (rest === '') {
      openDialog('status')
      return 'done'
    }
    const [, emoji, text = rest] = EMOJI.exec(rest) ?? []
    const until = endOf('today', me.time_zone, new Date()).toISOString()
    setStatus(me.id, { ...(emoji && { emoji }), text, until }).settled.catch(failed)
    return 'done'
  },
  poll: (rest, { channel }) => {
    const home = `channel:${channel.id}`
    if (rest !== '') setDraft(`poll:${home}`, pollDraft(pollOfWords(rest)))
    openDialog('poll', home)
    return 'done'
  },
  leave: (_, { channel }) => {
    leaveChannel(channel.id).settled.catch(failed)
    return 'done'
  },
  shrug: (rest, { channel }) => {
    postMessage({ channel: channel.id }, `${rest} ¯\\\\\\_(ツ)\\_/¯`.trim())
    return 'done'
  },
}

/** One at the beginning, and the rest. */
const EMOJI = /^(\p{Extended_Pictographic}\uFE0F?)\s*(.*)$/su

function setMuted(channel: string, muted: boolean): 'done' {
  changeChannelSetting(channel, { muted }).settled.then(
    () => toast({ title: t(muted ? 'chat.slash_muted' : 'chat.slash_unmuted') }),
    failed,
  )
  return 'done'
}

function refuse(title: string): 'kept' {
  toast({ title, kind: 'error' })
  return 'kept'
}

function failed(error: Error): void {
  toast({ title: failureText(error), kind: 'error' })
}
