// A block of code has colours once it names its language, and stays the text that it is.

import { expect } from 'vitest'
import { violationsOf } from './axe'
import { command, get, uploadText } from './people'
import { composer, message } from './screen'
import { expectNoFaults, story } from './stage'

const fence = (language: string, code: string) => `\`\`\`${language}\n${code}\n\`\`\``

const RUST = 'fn main() {\n    // greets\n    println!("hello {}", 42);\n}'
const PYTHON = 'def greet(name):\n    return f"hello {name}"  # Python'
const PAGE = '<script>document.title = "taken"</script><b onclick="x()">bold</b>'

story('code is coloured by its language', async ({ pair: [li, mia] }) => {
  await li.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const written = { rust: RUST, py: PYTHON, klingon: 'let qapla = 1', html: PAGE }
  for (const [language, text] of Object.entries(written)) {
    await composer(li.page).fill(fence(language, text))
    await composer(li.page).press('Enter')
  }
  const code = (words: string) => message(mia.page, words).locator('pre code')
  await code('greets').locator('span.code-word', { hasText: 'fn' }).waitFor()
  await code('greets').locator('span.code-note', { hasText: '// greets' }).waitFor()
  await code('Python').locator('span.code-word', { hasText: 'def' }).waitFor()
  await code('taken').locator('span.code-name', { hasText: 'script' }).first().waitFor()
  // By now the grammars are there; what none of them knows has no colours.
  expect(await code('qapla').locator('span').count()).toBe(0)
  expect(await code('taken').textContent()).toBe(PAGE)
  expect(await code('taken').locator('script, b').count()).toBe(0)
  expect(await mia.page.title()).not.toContain('taken')
  const block = message(li.page, 'greets')
  await block.getByText('rust', { exact: true }).hover()
  await block.getByRole('button', { name: 'Copy code' }).click()
  expect(await li.page.evaluate(() => navigator.clipboard.readText())).toBe(RUST)
  for (const theme of ['light', 'dark']) {
    await mia.page.evaluate(`document.documentElement.dataset.theme = '${theme}'`)
    expect(await violationsOf(mia.page, theme)).toEqual([])
  }
  expectNoFaults(li, mia)
})

story('a text made to keep a grammar busy costs its colours alone', async ({ pair: [li, mia] }) => {
  for (const text of [fence('md', '[a]('.repeat(4_900)), fence('py', PYTHON)]) {
    await composer(li.page).fill(text)
    await composer(li.page).press('Enter')
  }
  const after = message(mia.page, 'greet').locator('pre code')
  await after.locator('span.code-word', { hasText: 'def' }).waitFor()
  expect(await message(mia.page, '[a](').locator('pre code span').count()).toBe(0)
  expectNoFaults(li, mia)
})

story('the preview of a file is coloured by its ending', async ({ pair: [li, mia] }) => {
  const [channel] = await get<{ id: string }[]>(li, '/channels')
  const file = await uploadText(li, 'greet.py', PYTHON)
  await command(li, { type: 'post_message', channel: channel?.id, text: '', files: [file] })
  const shown = message(mia.page, 'greet.py').locator('pre code')
  await shown.locator('span.code-word', { hasText: 'def' }).waitFor()
  expect(await shown.textContent()).toBe(PYTHON)
  expectNoFaults(li, mia)
})
