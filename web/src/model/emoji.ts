// Custom emoji: those of the workspace by name, and what one can do with them.

import { useEffect, useMemo } from 'react'
import type { Emoji, Member, Workspace } from '../protocol'
import { client } from '../sync/client'
import { isAdmin, useMe, useWorkspace } from './member'
import type { Sent } from './pending'
import { useWatch } from './watch'

export type { Emoji }

/** A text that may name a custom emoji. */
const IN_COLONS = /^:([\p{L}\p{N}_+-]{1,32}):$/u

type All = ReadonlyMap<string, Emoji>

const byName = new WeakMap<All, ReadonlyMap<string, Emoji>>()

/** By every name and alias: the same map for the same emoji. */
function named(all: All): ReadonlyMap<string, Emoji> {
  const known = byName.get(all)
  if (known) return known
  const names = new Map<string, Emoji>()
  for (const each of all.values()) {
    for (const name of [each.name, ...(each.aliases ?? [])]) names.set(name, each)
  }
  byName.set(all, names)
  return names
}

const NONE: All = new Map()

/** Those of the workspace by name, aliases too; fetched when `wanted` for the first time. */
export function useEmojiNames(wanted: boolean): ReadonlyMap<string, Emoji> {
  const all = useWatch('emoji', () => client.view.emoji())
  const isMissing = wanted && all === undefined
  useEffect(() => {
    if (isMissing) client.emoji.want()
  }, [isMissing])
  return all ? named(all) : NONE
}

/** Each once, by name; undefined until they have come. */
export function useEmoji(): readonly Emoji[] | undefined {
  const all = useWatch('emoji', () => client.view.emoji())
  const isMissing = all === undefined
  useEffect(() => {
    if (isMissing) client.emoji.want()
  }, [isMissing])
  return useMemo(
    () => all && [...all.values()].sort((one, other) => one.name.localeCompare(other.name)),
    [all],
  )
}

/** The custom emoji that `:name:` stands for. */
export function useEmojiOf(text: string): Emoji | undefined {
  const name = IN_COLONS.exec(text)?.[1]?.toLowerCase()
  const names = useEmojiNames(name !== undefined)
  return name === undefined ? undefined : names.get(name)
}

/** Where its picture is; one that moves has a still one too. */
export const emojiHref = (id: string, still = false) =>
  `/api/v1/emoji/${id}/picture${still ? '?still=true' : ''}`

/** Throws `Refused`. */
export function addEmoji(name: string, aliases: readonly string[], picture: Blob): Promise<Emoji> {
  const query = new URLSearchParams({ name, aliases: aliases.join(',') })
  return client.post<Emoji>(`/emoji?${query}`, picture)
}

export function changeEmoji(emoji: string, aliases: string[]): Sent {
  return client.execute({ type: 'change_emoji', emoji, aliases })
}

export function removeEmoji(emoji: string): Sent {
  return client.execute({ type: 'remove_emoji', emoji })
}

export function restrictEmoji(restricted: boolean): Sent {
  return client.execute({ type: 'restrict_emoji', restricted })
}

/** The server decides; this hides what it would refuse. */
export function canAddEmoji(me: Member, workspace: Workspace): boolean {
  return me.role !== 'guest' && (!workspace.restricts_emoji || isAdmin(me))
}

export function canChangeEmoji(me: Member, emoji: Emoji): boolean {
  return isAdmin(me) || (emoji.created_by === me.id && me.role !== 'guest')
}

/** Whether the reader may add one. */
export function useAddsEmoji(): boolean {
  return canAddEmoji(useMe(), useWorkspace())
}

/** What a file is likely to be called: its name without what is no part of an emoji's. */
export function nameOfFile(file: string): string {
  const stem = file.replace(/\.[^.]*$/, '').toLowerCase()
  return stem
    .replace(/[^\p{L}\p{N}_+-]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 32)
}
