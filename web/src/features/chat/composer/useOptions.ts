// The options for what is being completed, from the replica. Used by the composer alone.

import { useEffect, useMemo, useState } from 'react'
import { useLanguage } from '../../../i18n'
import { useChannels } from '../../../model/channel'
import { useEmojiNames } from '../../../model/emoji'
import { useGroups, useReach } from '../../../model/group'
import { useMe, useMembers } from '../../../model/member'
import { stateOf, useProjects } from '../../../model/project'
import { useTasks } from '../../../model/task'
import { useSounds } from '../../palette/useSounds'
import {
  commandOptions,
  emojiOptions,
  hashOptions,
  memberOptions,
  type Option,
  taskOptions,
} from './option'
import type { SlashName } from './slash'
import type { Trigger } from './trigger'

/** Who and what a conversation is about: what completes first. */
export interface Surroundings {
  /** Ids of those in the conversation; undefined where that is unknown or everyone. */
  present: readonly string[] | undefined
  /** Ids of those who wrote last, newest first. */
  recent: readonly string[]
  /** `@channel` means something here. */
  everyone: boolean
  /** Ids of the projects that `#` searches. */
  projects: readonly string[]
}

/** Empty while nothing is being completed, or nothing fits. */
export function useOptions(
  trigger: Trigger | null,
  around: Surroundings,
  commands: readonly SlashName[],
): readonly Option[] {
  // Not deferred: Enter must take what the last letter found, not the letter before.
  const people = useMemberOptions(trigger?.kind === 'member' ? trigger.query : null, around)
  const isHash = trigger?.kind === 'hash'
  const wantsTasks = isHash || trigger?.kind === 'task'
  const tasks = useTaskOptions(wantsTasks ? trigger.query : null, around, isHash)
  const emoji = useEmojiOptions(trigger?.kind === 'emoji' ? trigger.query : null)
  const slash = useCommandOptions(trigger?.kind === 'command' ? trigger.query : null, commands)
  if (!trigger) return NONE
  return { member: people, hash: tasks, task: tasks, emoji, command: slash }[trigger.kind]
}

const NONE: readonly Option[] = []

function useMemberOptions(query: string | null, around: Surroundings): readonly Option[] {
  const members = useMembers()
  const groups = useGroups()
  const reach = useReach()
  const me = useMe().id
  const sounds = useSounds(query !== null)
  const { present, recent, everyone } = around
  // biome-ignore lint/correctness/useExhaustiveDependencies: ranks anew once sounds are known
  return useMemo(() => {
    if (query === null) return NONE
    const open = groups.filter(({ archived }) => !archived)
    return memberOptions(query, { members, groups: open, reach, present, recent, everyone, me })
  }, [query, members, groups, reach, present, recent, everyone, me, sounds])
}

/**
 * `ENG-` searches that project, `#` those of the conversation (the first three of them), and
 * channels beside their tasks.
 */
function useTaskOptions(
  query: string | null,
  around: Surroundings,
  withChannels: boolean,
): readonly Option[] {
  const channels = useChannels()
  const projects = useProjects()
  const key = query === null ? undefined : /^([a-z][a-z0-9]+)-\d*$/i.exec(query)?.[1]?.toUpperCase()
  const named = key ? projects.filter((project) => project.key === key) : []
  const chosen = named.length > 0 ? named.map((project) => project.id) : around.projects
  const wanted = query === null ? [] : chosen
  const first = useTasks(wanted[0])
  const second = useTasks(wanted[1])
  const third = useTasks(wanted[2])
  const sounds = useSounds(query !== null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: ranks anew once sounds are known
  return useMemo(() => {
    if (query === null) return NONE
    const all = [...first.tasks, ...second.tasks, ...third.tasks].map((task) => ({
      id: task.id,
      key: task.key,
      number: task.number,
      title: task.title,
      category: stateOf(
        projects.find((project) => project.id === task.project),
        task.state,
      )?.category,
    }))
    return withChannels ? hashOptions(query, all, channels) : taskOptions(query, all)
  }, [query, withChannels, channels, first.tasks, second.tasks, third.tasks, projects, sounds])
}

type EmojiModule = typeof import('../emoji/emoji')

/** The emoji, once loaded; they load when first wanted. */
export function useEmojiModule(wanted: boolean): EmojiModule | null {
  const [module, setModule] = useState<EmojiModule | null>(null)
  useEffect(() => {
    if (!wanted || module) return
    let here = true
    import('../emoji/emoji').then(
      (loaded) => here && setModule(loaded),
      // Offline before the first load: short names stay the words they are.
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [wanted, module])
  return module
}

function useCommandOptions(query: string | null, names: readonly SlashName[]): readonly Option[] {
  const chinese = useLanguage() === 'zh-CN'
  const sounds = useSounds(query !== null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: ranks anew once sounds are known
  return useMemo(
    () => (query === null ? NONE : commandOptions(query, names, chinese)),
    [query, names, chinese, sounds],
  )
}

function useEmojiOptions(query: string | null): readonly Option[] {
  const module = useEmojiModule(query !== null)
  const custom = useEmojiNames(query !== null)
  const sounds = useSounds(query !== null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: ranks anew once sounds are known
  return useMemo(() => {
    if (query === null || !module) return NONE
    return emojiOptions(module.searchEmoji(query, 8, module.customEmoji(custom)))
  }, [query, module, custom, sounds])
}
