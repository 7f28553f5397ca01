// The order of measuring, and what comes out: a table, a line of JSON for each figure, and the
// same rows in the report of `tenon bench`. Quick runs show that everything works, not how fast.

import { parseArgs } from 'node:util'
import { openBrowser } from '../e2e/people'
import { startServer } from '../e2e/server'
import { measureBoard } from './board'
import { measureChannels } from './channel'
import { measureFirstLoad } from './load'
import { merge, type Row, table } from './report'
import { type Amounts, seed } from './seed'

const FULL: Amounts = { channels: 20, messages: 200, tasks: 2_000, switches: 40, drags: 10 }
const QUICK: Amounts = { channels: 3, messages: 60, tasks: 120, switches: 6, drags: 2 }

/** Measures, prints, and writes into the report that `--json` names. */
export async function run(words: string[]): Promise<void> {
  const { values } = parseArgs({
    args: words,
    options: { quick: { type: 'boolean' }, json: { type: 'string' } },
  })
  const rows = await measure(values.quick ? QUICK : FULL)
  if (values.quick) for (const row of rows) row.goals = []
  console.log(table(rows))
  for (const { what, measured, unit, goals, note } of rows) {
    console.log(JSON.stringify({ name: what, value: measured, unit, goal: goals[0]?.value, note }))
  }
  if (values.json) merge(rows, values.json)
}

/** Every figure of the web UI, on a server and a browser of its own. */
export async function measure(amounts: Amounts): Promise<Row[]> {
  const server = await startServer()
  const browser = await openBrowser(true)
  try {
    console.error('measuring web: filling a workspace …')
    const place = await seed(browser, server, amounts)
    const rows: Row[] = []
    for (const [name, part] of [
      ['first load', measureFirstLoad],
      ['channels', measureChannels],
      ['board', measureBoard],
    ] as const) {
      console.error(`measuring web: ${name} …`)
      rows.push(...(await part(place, amounts)))
    }
    return rows
  } finally {
    await browser.close()
    await server.remove()
  }
}
