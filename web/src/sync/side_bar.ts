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
      return { ...sideBar, sections: sideBar.sections.filter(({ id }) => id !== command.section) }
    case 'fold_space': {
      const others = (sideBar.folded_spaces ?? []).filter((id) => id !== command.space)
      const folded = command.folded ? [...others, command.space] : others
      return { ...sideBar, folded_spaces: folded }
    }
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
    ...sideBar,
    sections: sideBar.sections.map((section) => ({
      ...section,
      rows: section.rows?.filter((each) => rowKey(each) !== key),
    })),
  }
}

function withSection(sideBar: SideBar, { id = '', name }: CommandOf<'add_section'>): SideBar {
  const { sections } = sideBar
  if (sections.some((section) => section.id === id)) return sideBar
  const at = sections.findIndex(({ kind }) => kind === 'channels')
  const section: Section = { id, kind: 'own', name }
  return { ...sideBar, sections: sections.toSpliced(at, 0, section) }
}

function updated(sideBar: SideBar, command: CommandOf<'update_section'>): SideBar {
  const { sections } = sideBar
  const known = sections.find(({ id }) => id === command.section)
  if (!known) return sideBar
  const section: Section = {
    ...known,
    name: command.name ?? known.name,
    collapsed: command.collapsed ?? known.collapsed,
  }
  const { after } = command
  if (after === undefined || after === known.id) {
    return { ...sideBar, sections: sections.map((each) => (each === known ? section : each)) }
  }
  const others = sections.filter((each) => each !== known)
  const at = after === null ? 0 : others.findIndex(({ id }) => id === after) + 1
  return { ...sideBar, sections: others.toSpliced(at, 0, section) }
}

function placed(sideBar: SideBar, { row, section, after }: CommandOf<'place_row'>): SideBar {
  const without = withoutRow(sideBar, row)
  if (!section) return without
  return {
    ...without,
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
