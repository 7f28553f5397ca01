// After `vite build`: checks that the first load stays small, and writes .gz and .br beside what
// can be compressed, for the server to send as they are.

import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/** Limit: gzipped script of the first load, bytes. */
const FIRST_LOAD_BYTES_MAX = 250 * 1024
/** Smaller files gain nothing. */
const PACK_BYTES_MIN = 1024
const TEXT = new Set(['.js', '.css', '.html', '.svg', '.json', '.map', '.txt', '.webmanifest'])

const dist = new URL('../dist/', import.meta.url).pathname
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))

/** The entry and everything it imports at once, plus what it says, in one language. */
function firstLoad() {
  const files = new Set()
  const take = (key) => {
    const chunk = manifest[key]
    if (!chunk || files.has(chunk.file)) return
    files.add(chunk.file)
    for (const next of chunk.imports ?? []) take(next)
  }
  take('index.html')
  const languages = Object.keys(manifest).filter((key) => /virtual:texts\/.*-first$/.test(key))
  if (languages.length === 0) throw new Error('no texts of the first screen in the build')
  const largest = languages.sort((a, b) => sizeOf(manifest[b].file) - sizeOf(manifest[a].file))[0]
  take(largest)
  return [...files].filter((file) => file.endsWith('.js'))
}

const sizeOf = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length

function* filesOf(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* filesOf(path)
    else yield path
  }
}

for (const path of filesOf(dist)) {
  const bytes = readFileSync(path)
  if (!TEXT.has(extname(path)) || bytes.length < PACK_BYTES_MIN) continue
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, quality))
}

const files = firstLoad()
const total = files.reduce((sum, file) => sum + sizeOf(file), 0)
for (const file of files) console.log(`${(sizeOf(file) / 1024).toFixed(1).padStart(7)} kB  ${file}`)
console.log(`${(total / 1024).toFixed(1).padStart(7)} kB  first load, gzipped`)
if (total > FIRST_LOAD_BYTES_MAX) {
  console.error(`The first load is over its limit of ${FIRST_LOAD_BYTES_MAX / 1024} kB.`)
  process.exit(1)
}
