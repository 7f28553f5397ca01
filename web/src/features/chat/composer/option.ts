// What a completion offers: people, groups, channels, tasks, emoji or commands that answer what was
// typed. Pure.

import type { Reach } from '../../../model/reach'
import type { Category, Channel, Group, Member } from '../../../protocol'
import { directory, split } from '../../../ui/markdown/part'
import { fold, rankBy } from '../../palette/match'
import type { Emoji } from '../emoji/emoji'
import { SLASH, type SlashName } from './slash'

export type Option =
  | { kind: 'member'; id: string; put: string; member: Member; outside: boolean }
  | { kind: 'group'; id: string; put: string; group: Group; count: number }
  | { kind: 'everyone'; id: string; put: string; count: number | undefined }
  | { kind: 'channel'; id: string; put: string; channel: Channel }
  | { kind: 'task'; id: string; put: string; title: string; category?: Category | undefined }
  | { kind: 'emoji'; id: string; put: string; name: string }
  | { kind: 'command'; id: SlashName; put: string }

/** Limit: lines in the pop-up. */
export const OPTIONS_MAX = 8

export interface People {
  members: readonly Member[]
  /** Those that may be mentioned. */
  groups: readonly Group[]
  /** How many are in each. */
  reach: Reach
  /** Ids of those in the conversation; they come first. Undefined where that is unknown. */
  present: readonly string[] | undefined
  /** Ids of those who wrote last, newest first: they come first of all. */
  recent: readonly string[]
  me: string
  /** Whether `@channel` means anything here. */
  everyone: boolean
}

/** Active people, bots, groups by name, handle, pinyin and initials; `@channel` where it fits. */
export function memberOptions(query: string, people: People): Option[] {
  const present = people.present && new Set(people.present)
  const weight = (member: Member | Group) => {
    if (!('role' in member)) return GROUP_WEIGHT
    const at = people.recent.indexOf(member.id)
    const spoke = at < 0 ? 0 : 60 - Math.min(at, 20)
    return (
      (present && !present.has(member.id) ? -150 : 0) + spoke + (member.id === people.me ? -90 : 0)
    )
  }
  const active = people.members.filter((member) => member.active)
  const all: (Member | Group)[] = [...active, ...people.groups]
  // Before anything is typed there are people alone.
  const candidates = query === '' ? [...active].sort((a, b) => weight(b) - weight(a)) : all
  const ranked = rankBy<Member | Group>(candidates, query, (it) => [it.name, it.handle], weight)
  const options = ranked.slice(0, OPTIONS_MAX).map((it): Option => {
    const { id } = it
    const put = mentionOf(it, all)
    if (!('role' in it)) {
      return { kind: 'group', id, put, group: it, count: people.reach.get(id)?.size ?? 0 }
    }
    return { kind: 'member', id, put, member: it, outside: present ? !present.has(id) : false }
  })
  if (people.everyone && EVERYONE.some((word) => word.startsWith(fold(query)))) {
    const whole: Option = {
      kind: 'everyone',
      id: 'everyone',
      put: '@channel',
      count: people.present?.length,
    }
    if (query === '') options.splice(Math.min(options.length, OPTIONS_MAX - 1), 1, whole)
    else options.unshift(whole)
  }
  return options.slice(0, OPTIONS_MAX)
}

/** A little behind people who fit as well. */
const GROUP_WEIGHT = -30

const EVERYONE = ['channel', 'all', 'everyone', '所有人', '全体成员']

/** `@name` where that names this one alone, otherwise `@handle`. */
export function mentionOf(it: Member | Group, all: readonly (Member | Group)[]): string {
  const named = `@${it.name}`
  const [first, ...rest] = split(named, directory(all))
  const alone = all.every((other) => other.id === it.id || other.name !== it.name)
  const whole = first?.kind === 'mention' && first.id === it.id && rest.length === 0
  return alone && whole ? named : `@${it.handle}`
}

/** Channels and tasks as they answer the words; a task's key or number comes before any channel. */
export function hashOptions(
  query: string,
  tasks: readonly Findable[],
  channels: readonly Channel[],
): Option[] {
  const open = channels.filter((channel) => !channel.archived && channel.kind !== 'direct')
  const offered = (channel: Channel): Option => ({
    kind: 'channel',
    id: channel.id,
    put: `#${channel.name}`,
    channel,
  })
  const found = rankBy(open, query, (channel) => [channel.name])
    .slice(0, OPTIONS_MAX)
    .map(offered)
  const others = taskOptions(query, tasks)
  if (query === '' || /^\d+$/.test(query) || KEY_BEGUN.test(query)) {
    const room = Math.max(OPTIONS_MAX - found.length, OPTIONS_MAX / 2)
    return [...others.slice(0, room), ...found].slice(0, OPTIONS_MAX)
  }
  const name = (it: Option) => (it.kind === 'task' ? [it.title, it.put] : [it.put.slice(1)])
  return rankBy([...found, ...others], query, name).slice(0, OPTIONS_MAX)
}

interface Findable {
  id: string
  key: string
  number: number
  title: string
  category?: Category | undefined
}

const KEY_BEGUN = /^[a-z][a-z0-9]*-\d*$/i

/** Tasks by key, number, and words of the title; open ones first. */
export function taskOptions(query: string, tasks: readonly Findable[]): Option[] {
  const closed = (task: Findable) => task.category === 'done' || task.category === 'cancelled'
  const byKey = KEY_BEGUN.test(query)
  const wanted = query.toUpperCase()
  const found = byKey
    ? tasks.filter((task) => task.key.startsWith(wanted))
    : rankBy(
        tasks,
        query,
        (task) => [task.title, task.key, String(task.number)],
        (task) => (closed(task) ? -200 : 0),
      )
  const newest = (a: Findable, b: Findable) =>
    Number(b.key === wanted) - Number(a.key === wanted) ||
    Number(closed(a)) - Number(closed(b)) ||
    b.number - a.number
  const ordered = byKey || query === '' ? [...found].sort(newest) : found
  return ordered.slice(0, OPTIONS_MAX).map((task) => ({
    kind: 'task',
    id: task.id,
    put: task.key,
    title: task.title,
    category: task.category,
  }))
}

/** Commands by their name in either language; written as `chinese` says. */
export function commandOptions(
  query: string,
  names: readonly SlashName[],
  chinese: boolean,
): Option[] {
  const found = rankBy(names, query, (name) => [name, SLASH[name]])
  return found.map((name) => ({
    kind: 'command',
    id: name,
    put: `/${chinese ? SLASH[name] : name}`,
  }))
}

/** What a search of the emoji found, as options. */
export function emojiOptions(found: readonly Emoji[]): Option[] {
  return found.slice(0, OPTIONS_MAX).map((one) => ({
    kind: 'emoji',
    id: one.emoji,
    put: one.emoji,
    name: one.names[0] ?? '',
  }))
}
