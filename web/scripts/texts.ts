// Vite plugin: the texts of the UI in two parts, as `virtual:texts/LANGUAGE-PART`. `first` is what
// the first screen may say and is loaded with it; `rest` follows. Which is which is read from the
// code: whatever the modules that the first screen imports mention is in `first`.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'
import { ENTRY, neededBy } from './firstLoad'

const SOURCES = new URL('../src/', import.meta.url).pathname
const PREFIX = 'virtual:texts/'

type Texts = Record<string, Record<string, string>>

/** While developing and in unit tests everything is in `first`. */
export function texts(): Plugin {
  let isBuild = false
  const first = new Set<string>()
  let isFirst: ((key: string) => boolean) | undefined
  return {
    name: 'tenon:texts',
    configResolved: ({ command }) => {
      isBuild = command === 'build'
    },
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return null
      const [, language = '', part] = /^(.*)-(.*)$/.exec(id.slice(PREFIX.length + 1)) ?? []
      if (isBuild && !isFirst) for (const path of importedBy(ENTRY)) first.add(path)
      isFirst ??= isBuild ? mentions(read(first)) : () => true
      const folder = join(SOURCES, 'i18n', language)
      const chosen: Texts = {}
      for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
        this.addWatchFile(join(folder, file))
        const space = file.replace(/\.json$/, '')
        const all: Texts[string] = JSON.parse(readFileSync(join(folder, file), 'utf8'))
        const mine = Object.entries(all).filter(
          ([name]) => isFirst?.(`${space}.${name}`) === (part === 'first'),
        )
        if (mine.length > 0) chosen[space] = Object.fromEntries(mine)
      }
      return `export default ${JSON.stringify(chosen)}`
    },
    buildEnd(error) {
      if (!isBuild || error) return
      const ours = [...neededBy(ENTRY, this)].filter((id) => id.startsWith(SOURCES))
      const missed = ours.find((id) => !first.has(id) && /\/i18n'/.test(read([id])))
      if (missed) this.error(`texts.ts did not see that the first screen needs ${missed}`)
    },
  }
}

/** Our modules that `entry` imports at once, however far. */
function importedBy(entry: string): Set<string> {
  const found = new Set([entry])
  const statement = /^(?:import|export)\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?'(\.[^']+)'/gm
  for (const path of found) {
    for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(statement)) {
      const module = fileOf(join(dirname(path), name))
      if (module) found.add(module)
    }
  }
  return found
}

function fileOf(path: string): string | undefined {
  const names = ['.ts', '.tsx', '/index.ts', '/index.tsx'].map((end) => path + end)
  return names.find(existsSync)
}

function read(paths: Iterable<string>): string {
  return [...paths].map((path) => readFileSync(path, 'utf8')).join('\n')
}

/**
 * Whether code mentions a key: `'chat.send'`, `'chat.replies'` for `chat.replies_one`, or
 * `` `errors.${code}` `` for all errors.
 */
export function mentions(code: string): (key: string) => boolean {
  const composed = [...code.matchAll(/`([a-z]+\.[a-z_]*)\$\{[^}]*\}([a-z_]*)`/g)].map(
    ([, head = '', tail = '']) => new RegExp(`^${head.replace('.', '\\.')}\\w+${tail}$`),
  )
  const whole = new Set([...code.matchAll(/(['`])([a-z]+\.\w+)\1/g)].map(([, , key = '']) => key))
  return (key) =>
    [key, key.replace(/_(one|other)$/, '')].some(
      (each) => whole.has(each) || composed.some((pattern) => pattern.test(each)),
    )
}
