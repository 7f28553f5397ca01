// A table from a spreadsheet as Markdown, when it is pasted. Called by the composer. What is on the
// clipboard is read without running or loading anything of it.

/** Limit: cells that become a table; more is pasted as it is. */
const CELLS_MAX = 4_000

type Rows = string[][]

/** The table that was copied and nothing else; null to paste as it is. */
export function tableOf(html: string, plain: string): string | null {
  const rows = (html === '' ? null : rowsOfHtml(html)) ?? rowsOfTabs(plain)
  return rows && markdownOf(rows)
}

/** One table with no words around it, as spreadsheets give it. */
function rowsOfHtml(html: string): Rows | null {
  if (!/<table[\s>]/i.test(html)) return null
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  const [table, ...others] = body.querySelectorAll('table')
  if (!table || others.length > 0) return null
  const rows = [...table.querySelectorAll('tr')].map((row) =>
    [...row.querySelectorAll('td, th')].flatMap((cell) => {
      const span = Math.min(Number(cell.getAttribute('colspan')) || 1, 50)
      return [wordsOf(cell), ...Array<string>(span - 1).fill('')]
    }),
  )
  for (const each of [table, ...body.querySelectorAll('style, script')]) each.remove()
  if (body.textContent?.trim()) return null
  const width = Math.max(0, ...rows.map((row) => row.length))
  return checked(rows.map((row) => [...row, ...Array<string>(width - row.length).fill('')]))
}

function wordsOf(cell: Element): string {
  for (const line of cell.querySelectorAll('br')) line.replaceWith(' ')
  return cell.textContent ?? ''
}

/** Lines with equally many tabs; the first names every column, which indented code does not. */
function rowsOfTabs(plain: string): Rows | null {
  const lines = plain.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n')
  const rows = lines.map((line) => line.split('\t'))
  const [head = []] = rows
  const isEven = rows.every((row) => row.length === head.length)
  return isEven && head.every((cell) => cell.trim() !== '') ? checked(rows) : null
}

function checked(rows: Rows): Rows | null {
  const width = rows[0]?.length ?? 0
  return rows.length >= 2 && width >= 2 && rows.length * width <= CELLS_MAX ? rows : null
}

function markdownOf([head = [], ...rest]: Rows): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const words = (cells: readonly string[]) =>
    line(cells.map((cell) => cell.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|')))
  return [words(head), line(head.map(() => '---')), ...rest.map(words)].join('\n')
}
