// Rows as `tenon bench` has them (crates/bench/src/report.rs): the same table, the same JSON.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** One measured figure beside its goal. */
export interface Row {
  scenario: 'web'
  what: string
  measured: number
  unit: string
  goals: { kind: 'at_most'; value: number }[]
  /** How it was measured, and what else was seen. */
  note?: string
}

export function row(what: string, measured: number, unit: string, most?: number): Row {
  const goals: Row['goals'] = most === undefined ? [] : [{ kind: 'at_most', value: most }]
  return { scenario: 'web', what, measured: Math.round(measured * 10) / 10, unit, goals }
}

const met = ({ goals, measured }: Row): boolean | null =>
  goals.length === 0 ? null : goals.every(({ value }) => measured <= value)

/** The rows as a Markdown table, notes below it. */
export function table(rows: readonly Row[]): string {
  const head = ['what', 'measured', 'goal', 'met?']
  const lines = rows.map((row) => [
    row.what,
    `${row.measured} ${row.unit}`,
    row.goals.map(({ value }) => `<= ${value} ${row.unit}`).join(', '),
    { true: 'yes', false: 'NO', null: '' }[`${met(row)}`] ?? '',
  ])
  const widths = head.map((_, at) =>
    Math.max(...[head, ...lines].map((cells) => cells[at]?.length ?? 0)),
  )
  const line = (cells: string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  const notes = rows.filter(({ note }) => note).map(({ what, note }) => `\n${what}: ${note}`)
  return [line(head), rule, ...lines.map(line)].join('\n') + notes.join('')
}

/** Puts the rows into the report, in the place of those of an earlier run. */
export function merge(rows: readonly Row[], path: string): void {
  const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { rows: [] }
  const others = report.rows.filter(({ scenario }: Row) => scenario !== 'web')
  const ours = rows.map((row) => ({ ...row, ratio: null, met: met(row) }))
  writeFileSync(path, `${JSON.stringify({ ...report, rows: [...others, ...ours] }, null, 2)}\n`)
}

/** The value that `share` of them do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}
