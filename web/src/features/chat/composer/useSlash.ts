// What the commands of the composer do, in a channel, a thread and a task's conversation.

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
import { type Destination, postMessage } from '../../../model/message'
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
import { destinationOf, pollDraft, pollOfWords } from './poll'
import { readPause, readSlash, SLASH_NAMES, type SlashCommands, type SlashName } from './slash'
import type { Surroundings } from './useOptions'

/** Those that are about a channel; in its threads it is out of sight. */
const OF_CHANNEL = ['invite', 'topic', 'mute', 'unmute', 'leave'] as const

/** What a command works with. */
interface Here {
  /** Where the composer stands, as `destinationOf` reads it. */
  home: string
  to: Destination
  me: Member
  members: readonly Member[]
  projects: readonly string[]
}

/** `home`: where the composer stands; `channel`: if it is the channel itself. */
export function useSlash(home: string, around: Surroundings, channel?: Channel): SlashCommands {
  const me = useMe()
  const members = useMembers()
  const muted = useChannelSetting(channel?.id ?? '')?.muted ?? false
  const { projects } = around
  return useMemo(() => {
    const to = destinationOf(home)
    const names = to ? SLASH_NAMES.filter((name) => isOffered(name, to, me, channel, muted)) : []
    const run = (text: string) => {
      const slash = readSlash(text)
      if (!slash) return 'message'
      const { name, typed, rest } = slash
      if (!name || !to || !names.includes(name)) {
        const isElsewhere = name && isOfChannel(name) && !channel
        const command = `/${typed}`
        return refuse(t(isElsewhere ? 'chat.slash_elsewhere' : 'chat.slash_unknown', { command }))
      }
      const here = { home, to, me, members, projects }
      if (!isOfChannel(name)) return RUN[name](rest, here)
      return channel ? RUN_IN_CHANNEL[name](rest, { ...here, channel }) : 'kept'
    }
    return { names, run }
  }, [home, channel, me, members, muted, projects])
}

type OfChannel = (typeof OF_CHANNEL)[number]

const isOfChannel = (name: SlashName): name is OfChannel =>
  (OF_CHANNEL as readonly SlashName[]).includes(name)

function isOffered(
  name: SlashName,
  to: Destination,
  me: Member,
  channel: Channel | undefined,
  muted: boolean,
): boolean {
  // What is said about a task belongs to it.
  if (name === 'task') return !('task' in to)
  if (!isOfChannel(name)) return true
  if (!channel) return false
  const direct = channel.kind === 'direct'
  if (name === 'topic') return !direct && canKeep(channel, me)
  if (name === 'invite') return !direct
  // Whoever leaves a private channel is asked first, by its menu.
  if (name === 'leave') return channel.kind === 'public'
  return name === (muted ? 'unmute' : 'mute')
}

type Run<T> = (rest: string, here: T) => 'done' | 'kept'

const RUN: Record<Exclude<SlashName, OfChannel>, Run<Here>> = {
  task: (rest, { to, projects }) => {
    if (rest === '') return refuse(t('chat.slash_task_use'))
    const [project] = projects
    if (!project) {
      // Nobody said which project: the window asks.
      setDraft('new-task:title', rest.replaceAll('\n', ' '))
      openDialog('new-task')
      return 'done'
    }
    const { id } = postMessage(to, rest)
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
  search: (rest) => {
    if (rest === '') return refuse(t('chat.slash_search_use'))
    go(searchHref({ q: rest }))
    return 'done'
  },
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
  poll: (rest, { home }) => {
    if (rest !== '') setDraft(`poll:${home}`, pollDraft(pollOfWords(rest)))
    openDialog('poll', home)
    return 'done'
  },
  shrug: (rest, { to }) => {
    postMessage(to, `${rest} ¯\\\\\\_(ツ)\\_/¯`.trim())
    return 'done'
  },
}

const RUN_IN_CHANNEL: Record<OfChannel, Run<Here & { channel: Channel }>> = {
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
  mute: (_, { channel }) => setMuted(channel.id, true),
  unmute: (_, { channel }) => setMuted(channel.id, false),
  leave: (_, { channel }) => {
    leaveChannel(channel.id).settled.catch(failed)
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
