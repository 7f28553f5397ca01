// What systems read of an installed app: the same in both languages, in the words and colours of
// the screens.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import english from '../i18n/en'
import chinese from '../i18n/zh-CN'

const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8')
const manifests = {
  en: JSON.parse(read('public/manifest.webmanifest')),
  'zh-CN': JSON.parse(read('public/manifest.zh-CN.webmanifest')),
}
const tokens = read('src/styles/tokens.css')
const [light, dark] = [...tokens.matchAll(/--side: (#\w+);/g)].map((match) => match[1])

it('differs between the languages in nothing but words', () => {
  const wordless = ({ name, description, lang, shortcuts, ...rest }: Record<string, unknown>) => ({
    ...rest,
    shortcuts: (shortcuts as { url: string }[]).map(({ url }) => url),
    words: [name, description, lang].every(Boolean),
  })
  expect(wordless(manifests['zh-CN'])).toEqual(wordless(manifests.en))
})

it('calls its shortcuts as the screens do', () => {
  for (const [language, texts] of [
    ['en', english],
    ['zh-CN', chinese],
  ] as const) {
    const { shell, thread } = texts
    const names = manifests[language].shortcuts.map(({ name }: { name: string }) => name)
    expect(names).toEqual([shell.inbox, shell.my_work, thread.title, shell.search])
  }
})

it('has the colours of both themes', () => {
  const html = read('index.html')
  expect(manifests.en.theme_color).toBe(light)
  expect(html).toContain(`media="(prefers-color-scheme: light)" content="${light}"`)
  expect(html).toContain(`media="(prefers-color-scheme: dark)" content="${dark}"`)
})
