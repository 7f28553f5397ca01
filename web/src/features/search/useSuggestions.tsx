// What may complete the search that one types: filters, people by pinyin, places, days. Before
// anything is typed, the page itself shows what there is.

import {
  Calendar,
  Filter,
  Hash,
  Image,
  Link2,
  ListChecks,
  Lock,
  MessagesSquare,
  Paperclip,
} from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { language, t, useLanguage } from '../../i18n'
import { formatDay } from '../../i18n/format'
import { dayHere } from '../../i18n/zone'
import { useChannels } from '../../model/channel'
import { useMe, useMembers } from '../../model/member'
import { useProjects } from '../../model/project'
import type { Channel, Member, Project } from '../../protocol'
import { Avatar } from '../../ui/Avatar'
import { rankBy } from '../palette/match'
import { loadPinyin } from '../palette/pinyin'
import { ProjectMark } from '../work/pickers'
import { begin, begunBy, complete, type FilterName, nameOf, type Typing, typingOf } from './filter'

export interface Suggestion {
  id: string
  title: string
  hint?: string
  icon: ReactNode
  /** The whole search once it is taken. */
  text: string
  /** It is a search already; otherwise a value is still to come. */
  done: boolean
}

/** Limit: suggestions shown. */
const SHOWN_MAX = 8
/** Days that are offered, today first. */
const DAYS = 7
const DAY_MS = 86_400_000

export function useSuggestions(text: string): Suggestion[] {
  const me = useMe().id
  const members = useMembers()
  const channels = useChannels()
  const projects = useProjects()
  const spoken = useLanguage()
  const [sounds, setSounds] = useState(false)
  useEffect(() => {
    loadPinyin().then(() => setSounds(true))
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: sounds and language change matches
  return useMemo(() => {
    const typing = typingOf(text)
    const of = (filter: FilterName) => ({ text, typing, filter })
    switch (typing.filter) {
      case undefined:
        return text === '' ? [] : begun(text, typing)
      case 'from':
        return people(of('from'), members)
      case 'in':
        return within(of('in'), channels, projects, members, me)
      case 'has':
        return words(of('has'), ['link', 'file', 'image', 'task'])
      case 'is':
        return words(of('is'), ['thread', 'task', 'open', 'done'])
      default:
        return days(of(typing.filter))
    }
  }, [text, me, members, channels, projects, sounds, spoken])
}

interface At {
  text: string
  typing: Typing
  filter: FilterName
}

function whole(
  { text, typing, filter }: At,
  value: string,
): Pick<Suggestion, 'id' | 'text' | 'done'> {
  return {
    id: `${filter}:${value}`,
    text: complete(text, typing, nameOf(filter, language()), value),
    done: true,
  }
}

function begun(text: string, typing: Typing): Suggestion[] {
  return begunBy(typing.value).map((name) => ({
    id: name,
    title: `${nameOf(name, language())}:`,
    hint: t(`search.filter_${name}`),
    icon: <Filter size={16} aria-hidden />,
    text: begin(text, typing, nameOf(name, language())),
    done: false,
  }))
}

function people(at: At, members: readonly Member[]): Suggestion[] {
  const typed = at.typing.value.replace(/^[@＠]/, '')
  const found = rankBy(members, typed, ({ name, handle }) => [name, handle]).slice(0, SHOWN_MAX)
  return found.map((member) => ({
    ...whole(at, `@${member.handle}`),
    title: member.name,
    hint: `@${member.handle}`,
    icon: <Avatar member={member} size={20} />,
  }))
}

/** Channels and projects, then those whom one talks with; after an `@` these alone. */
function within(
  at: At,
  channels: readonly Channel[],
  projects: readonly Project[],
  members: readonly Member[],
  me: string,
): Suggestion[] {
  const near = new Set(channels.flatMap((channel) => otherOf(channel, me)))
  const talking = people(
    at,
    members.filter(({ id }) => near.has(id)),
  )
  if (/^[@＠]/.test(at.typing.value)) return talking
  return [...places(at, channels, projects), ...talking].slice(0, SHOWN_MAX)
}

/** The other one of a direct channel of two; oneself, of one's own. */
function otherOf({ kind, members = [] }: Channel, me: string): readonly string[] {
  if (kind !== 'direct' || members.length > 2) return []
  return members.length === 1 ? members : members.filter((id) => id !== me)
}

function places(at: At, channels: readonly Channel[], projects: readonly Project[]): Suggestion[] {
  const named = channels.filter(({ kind }) => kind !== 'direct')
  const all = [
    ...named.map((channel) => ({
      ...whole(at, `#${channel.name}`),
      title: channel.name,
      texts: [channel.name],
      icon: channel.kind === 'private' ? <Lock size={16} /> : <Hash size={16} />,
    })),
    ...projects.map((project) => ({
      ...whole(at, project.key),
      title: project.name,
      hint: project.key,
      texts: [project.name, project.key],
      icon: <ProjectMark projectKey={project.key} />,
    })),
  ]
  const typed = at.typing.value.replace(/^[#＃]/, '')
  return rankBy(all, typed, ({ texts }) => texts).slice(0, SHOWN_MAX)
}

const WORD_ICONS: Record<string, ReactNode> = {
  link: <Link2 size={16} aria-hidden />,
  file: <Paperclip size={16} aria-hidden />,
  image: <Image size={16} aria-hidden />,
  thread: <MessagesSquare size={16} aria-hidden />,
}

type Word = 'link' | 'file' | 'image' | 'task' | 'thread' | 'open' | 'done'

function words(at: At, values: readonly Word[]) {
  const all = values.map((value) => ({
    ...whole(at, value),
    title: t(`search.value_${value}`),
    hint: `${nameOf(at.filter, language())}:${value}`,
    icon: WORD_ICONS[value] ?? <ListChecks size={16} aria-hidden />,
    texts: [value, t(`search.value_${value}`)],
  }))
  return rankBy(all, at.typing.value, ({ texts }) => texts)
}

function days(at: At): Suggestion[] {
  const now = Date.now()
  const near = Array.from({ length: DAYS }, (_, ago) => dayHere(new Date(now - ago * DAY_MS)))
  const all = near.map((day) => ({
    ...whole(at, day),
    title: formatDay(day),
    hint: day,
    icon: <Calendar size={16} aria-hidden />,
    texts: [day, formatDay(day)],
  }))
  return rankBy(all, at.typing.value, ({ texts }) => texts)
}
