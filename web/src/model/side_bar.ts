// The reader's side bar: its sections, what stands in them, and how it is arranged.

import type { Channel, Membership, Project, Section, SideBar, SideBarRow, Space } from '../protocol'
import { client } from '../sync/client'
import { rowKey } from '../sync/side_bar'
import type { Sent } from './pending'
import { useWatch } from './watch'

export type { Section, SideBarRow }
export { rowKey }

/** A row with what it shows. */
export type ShownRow =
  | { row: SideBarRow; channel: Channel; membership: Membership }
  | { row: SideBarRow; project: Project }

export interface ShownSection {
  section: Section
  /** Whose section it is: it gathers what is in that space, and has its id. */
  space?: Space
  rows: readonly ShownRow[]
}

export function useSideBar(): SideBar {
  return useWatch('side_bar', () => client.view.sideBar())
}

/** The section that the row was put into, if it was. */
export function sectionOf({ sections }: SideBar, row: SideBarRow): Section | undefined {
  return sections.find(({ rows }) => rows?.some((each) => rowKey(each) === rowKey(row)))
}

/** Whether rows are put into the section; the others gather those of their kind. */
export function takesRows({ kind }: Section): boolean {
  return kind === 'starred' || kind === 'own'
}

/**
 * Every section with its rows, those of the spaces that one is in before that of channels. What one
 * is not in, or is archived, is not shown.
 */
export function shownSections(
  { sections, folded_spaces }: SideBar,
  channels: readonly Channel[],
  memberships: readonly Membership[],
  projects: readonly Project[],
  spaces: readonly Space[] = [],
): ShownSection[] {
  const places = new Map(memberships.map((each) => [each.channel, each]))
  const rows = new Map<string, ShownRow>()
  for (const channel of channels) {
    const membership = places.get(channel.id)
    if (channel.archived || !membership) continue
    rows.set(`channel:${channel.id}`, { row: { channel: channel.id }, channel, membership })
  }
  for (const project of projects) {
    if (!project.archived) {
      rows.set(`project:${project.id}`, { row: { project: project.id }, project })
    }
  }
  const chosen = sections.map((section) => ({ section, rows: taken(section, rows) }))
  const ofSpaces = spaces
    .filter(({ archived }) => !archived)
    .map((space) => ({
      section: sectionOfSpace(space, folded_spaces?.includes(space.id) ?? false),
      space,
      rows: inSpace(space.id, rows),
    }))
  const shown: ShownSection[] = chosen.map(({ section, rows: mine }) => ({
    section,
    rows: takesRows(section) ? mine : gathered(section, rows),
  }))
  const at = shown.findIndex(({ section }) => section.kind === 'channels')
  return shown.toSpliced(at, 0, ...ofSpaces)
}

function sectionOfSpace({ id, name }: Space, collapsed: boolean): Section {
  return { id, kind: 'channels', name, collapsed }
}

/** What is in the space; those rows stand nowhere else. Channels first. */
function inSpace(space: string, rows: Map<string, ShownRow>): ShownRow[] {
  const found = [...rows].filter(([, row]) =>
    'project' in row ? row.project.space === space : row.channel.space === space,
  )
  for (const [key] of found) rows.delete(key)
  return found.map(([, row]) => row)
}

/** What was put into the section; those rows stand nowhere else. */
function taken(section: Section, rows: Map<string, ShownRow>): ShownRow[] {
  return (section.rows ?? []).flatMap((row) => {
    const found = rows.get(rowKey(row))
    rows.delete(rowKey(row))
    return found ? [found] : []
  })
}

function gathered({ kind }: Section, rows: ReadonlyMap<string, ShownRow>): ShownRow[] {
  const all = [...rows.values()]
  if (kind === 'projects') return all.filter((each) => 'project' in each)
  const channels = all.filter((each) => 'channel' in each)
  if (kind === 'channels') return channels.filter(({ channel }) => channel.kind !== 'direct')
  // Those that are talked in come first; ones never used yet stand by name at the end.
  return channels
    .filter(({ channel }) => channel.kind === 'direct')
    .sort((a, b) => b.membership.last - a.membership.last)
}

export function addSection(name: string): Sent {
  return client.create({ type: 'add_section', name })
}

export function renameSection(section: string, name: string): Sent {
  return client.execute({ type: 'update_section', section, name })
}

export function foldSection(section: string, collapsed: boolean): Sent {
  return client.execute({ type: 'update_section', section, collapsed })
}

/** Behind another section, or to the top. */
export function moveSection(section: string, after: string | null): Sent {
  return client.execute({ type: 'update_section', section, after })
}

export function removeSection(section: string): Sent {
  return client.execute({ type: 'remove_section', section })
}

/** Into a section, at its end unless `after` says behind what; without one, to its kind. */
export function placeRow(
  row: SideBarRow,
  section: string | undefined,
  after?: SideBarRow | null,
): Sent {
  return client.execute({ type: 'place_row', row, section, after })
}

/** One place up or down among the rows that are shown in its section; undefined at the end. */
export function stepRow(
  rows: readonly SideBarRow[],
  row: SideBarRow,
  step: -1 | 1,
): { after: SideBarRow | null } | undefined {
  const at = rows.findIndex((each) => rowKey(each) === rowKey(row))
  const behind = step < 0 ? at - 2 : at + 1
  if (at < 0 || behind < -1 || behind >= rows.length) return undefined
  return { after: rows[behind] ?? null }
}
