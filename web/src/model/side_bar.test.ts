import { describe, expect, it } from 'vitest'
import type { Channel, Command, Membership, Project, SideBar, Space } from '../protocol'
import { sideBarAfter, withoutRow } from '../sync/side_bar'
import { shownSections, stepRow } from './side_bar'

const FIRST: SideBar = {
  sections: [
    { id: 's', kind: 'starred' },
    { id: 'c', kind: 'channels' },
    { id: 'd', kind: 'direct' },
    { id: 'p', kind: 'projects' },
  ],
}

const arranged = (...commands: Command[]) => commands.reduce(sideBarAfter, FIRST)
const ids = ({ sections }: SideBar) => sections.map(({ id }) => id).join('')
const a = { channel: 'a' }
const b = { channel: 'b' }
const add = { type: 'add_section', id: 'o', name: 'Own' } as const
const place = (row: typeof a, section?: string, behind?: typeof a | null) =>
  ({ type: 'place_row', row, section, after: behind }) as const

describe('commands', () => {
  it('make, name, move and remove a section', () => {
    expect(ids(arranged(add))).toBe('socdp')
    expect(ids(arranged(add, add))).toBe('socdp')
    expect(ids(arranged(add, { type: 'update_section', section: 'o', after: null }))).toBe('oscdp')
    expect(ids(arranged(add, { type: 'update_section', section: 'o', after: 'p' }))).toBe('scdpo')
    const folded = arranged(add, { type: 'update_section', section: 'o', collapsed: true })
    expect(folded.sections[1]).toMatchObject({ id: 'o', name: 'Own', collapsed: true })
    expect(ids(arranged(add, { type: 'remove_section', section: 'o' }))).toBe('scdp')
  })

  it('put a row into one section at a time', () => {
    const two = [place(a, 's'), place(b, 's')]
    expect(arranged(...two).sections[0]?.rows).toEqual([a, b])
    expect(arranged(...two, place(b, 's', null)).sections[0]?.rows).toEqual([b, a])
    expect(arranged(...two, place(a, 's', b)).sections[0]?.rows).toEqual([b, a])
    const moved = arranged(add, ...two, place(a, 'o', b))
    expect(moved.sections.map(({ rows }) => rows)).toEqual([
      [b],
      [a],
      undefined,
      undefined,
      undefined,
    ])
    expect(arranged(place(a, 's'), place(a)).sections[0]?.rows).toEqual([])
    expect(withoutRow(FIRST, a)).toBe(FIRST)
  })
})

describe('sections', () => {
  const channel = (id: string, kind = 'public', archived = false) =>
    ({ id, kind, archived, name: id }) as Channel
  const member = (id: string, last = 0) => ({ channel: id, last }) as Membership

  it('show what was put into them, and gather the rest by kind', () => {
    const shown = shownSections(
      arranged(add, place(b, 'o'), place({ channel: 'gone' }, 'o')),
      [channel('a'), channel('b'), channel('not in'), channel('old', 'public', true)].concat(
        ['x', 'y'].map((id) => channel(id, 'direct')),
      ),
      [member('a'), member('b'), member('old'), member('x', 1), member('y', 2)],
      [{ id: 'eng' } as Project],
    )
    const rows = shown.map(({ section, rows }) => [
      section.kind,
      rows.map((row) => ('project' in row ? row.project.id : row.channel.id)),
    ])
    expect(rows).toEqual([
      ['starred', []],
      ['own', ['b']],
      ['channels', ['a']],
      ['direct', ['y', 'x']],
      ['projects', ['eng']],
    ])
  })

  it('show a space before the channels, with what is in it and stands nowhere else', () => {
    const fold = { type: 'fold_space', space: 's', folded: true } as const
    const inIt = (id: string) => ({ ...channel(id), space: 's' }) as Channel
    const shown = shownSections(
      arranged(add, place(b, 'o'), fold),
      [channel('a'), inIt('b'), inIt('c'), inIt('not in')],
      [member('a'), member('b'), member('c')],
      [{ id: 'eng', space: 's' } as Project, { id: 'ops' } as Project],
      [{ id: 's', name: 'S' } as Space, { id: 'old', archived: true } as Space],
    )
    const rows = shown.map(({ section, rows }) => [
      section.id,
      rows.map((row) => ('project' in row ? row.project.id : row.channel.id)).join(),
    ])
    expect(rows).toEqual([
      ['s', ''],
      ['o', 'b'],
      ['s', 'c,eng'],
      ['c', 'a'],
      ['d', ''],
      ['p', 'ops'],
    ])
    expect(shown[2]?.section.collapsed).toBe(true)
    expect(arranged(fold, { ...fold, folded: false }).folded_spaces).toEqual([])
  })

  it('step a row among those that are seen', () => {
    const rows = [a, b, { project: 'p' }]
    expect(stepRow(rows, a, -1)).toBeUndefined()
    expect(stepRow(rows, b, -1)).toEqual({ after: null })
    expect(stepRow(rows, rows[2] as typeof a, -1)).toEqual({ after: a })
    expect(stepRow(rows, a, 1)).toEqual({ after: b })
    expect(stepRow(rows, rows[2] as typeof a, 1)).toBeUndefined()
  })
})
