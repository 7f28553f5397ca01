// The reader's side bar, as their commands arrange it. Pure; the same rules as the server's.

import type { Command, CommandOf, Section, SideBar, SideBarRow } from '../protocol'

/** Before the first snapshot. */
export const NO_SIDE_BAR: SideBar = { sections: [] }

/** Names what stands in a row: `channel:ID` or `project:ID`. */
export function rowKey(row: SideBarRow): string {
  return 'channel' in row ? `channel:${row.channel}` : `project:${row.project}`
}

/** The side bar after the command; the same object if the command does not concern it. */
export function sideBarAfter(sideBar: SideBar, command: Command): SideBar {
  switch (command.type) {
    case 'add_section':
      return withSection(sideBar, command)
    case 'update_section':
      return updated(sideBar, command)
    case 'remove_section':
      return { sections: sideBar.sections.filter(({ id }) => id !== command.section) }
    case 'place_row':
      return placed(sideBar, command)
    default:
      return sideBar
  }
}

/** The row stands in no section. */
export function withoutRow(sideBar: SideBar, row: SideBarRow): SideBar {
  const key = rowKey(row)
  if (!sideBar.sections.some(({ rows }) => rows?.some((each) => rowKey(each) === key))) {
    return sideBar
  }
  return {
    sections: sideBar.sections.map((section) => ({
      ...section,
      rows: section.rows?.filter((each) => rowKey(each) !== key),
    })),
  }
}

function withSection({ sections }: SideBar, { id = '', name }: CommandOf<'add_section'>): SideBar {
  if (sections.some((section) => section.id === id)) return { sections }
  const at = sections.findIndex(({ kind }) => kind === 'channels')
  const section: Section = { id, kind: 'own', name }
  return { sections: sections.toSpliced(at, 0, section) }
}

function updated({ sections }: SideBar, command: CommandOf<'update_section'>): SideBar {
  const known = sections.find(({ id }) => id === command.section)
  if (!known) return { sections }
  const section: Section = {
    ...known,
    name: command.name ?? known.name,
    collapsed: command.collapsed ?? known.collapsed,
  }
  const { after } = command
  if (after === undefined || after === known.id) {
    return { sections: sections.map((each) => (each === known ? section : each)) }
  }
  const others = sections.filter((each) => each !== known)
  const at = after === null ? 0 : others.findIndex(({ id }) => id === after) + 1
  return { sections: others.toSpliced(at, 0, section) }
}

function placed(sideBar: SideBar, { row, section, after }: CommandOf<'place_row'>): SideBar {
  const without = withoutRow(sideBar, row)
  if (!section) return without
  return {
    sections: without.sections.map((each) =>
      each.id === section ? { ...each, rows: inserted(each.rows ?? [], row, after) } : each,
    ),
  }
}

function inserted(
  rows: readonly SideBarRow[],
  row: SideBarRow,
  after: SideBarRow | null | undefined,
): SideBarRow[] {
  if (after === null) return [row, ...rows]
  const behind = after ? rows.findIndex((each) => rowKey(each) === rowKey(after)) : -1
  return rows.toSpliced(behind < 0 ? rows.length : behind + 1, 0, row)
}
