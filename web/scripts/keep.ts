// Vite plugin: builds the service worker as /worker.js and writes into it which files make up
// this build. Runs last, on the files as they are served.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const WORKER = 'worker.js'

export function keep(): Plugin {
  return {
    name: 'tenon:keep',
    apply: 'build',
    buildStart() {
      const id = new URL('../src/worker/worker.ts', import.meta.url).pathname
      this.emitFile({ type: 'chunk', id, fileName: WORKER })
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      handler({ dir = '' }) {
        const files: Record<string, string> = {}
        for (const path of servedFiles(dir)) {
          files[`/${path}`] = `sha256-${hash(readFileSync(join(dir, path)), 'base64')}`
        }
        const build = hash(JSON.stringify(files), 'hex').slice(0, 12)
        const worker = readFileSync(join(dir, WORKER), 'utf8')
        const filled = worker
          .replace('__FILES__', () => JSON.stringify(files))
          .replace('__BUILD__', JSON.stringify(build))
        if (/__(FILES|BUILD)__|\bimport\b/.test(filled)) this.error('the worker is not whole')
        writeFileSync(join(dir, WORKER), filled)
      },
    },
  }
}

/**
 * Everything but the worker, what is hidden, and the manifests, in which the server writes the name
 * of the workspace; in order.
 */
function servedFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replace(/^\//, ''))
    .filter((path) => path !== WORKER && !path.startsWith('.') && !path.endsWith('.webmanifest'))
    .sort()
}

function hash(content: string | Buffer, encoding: 'hex' | 'base64'): string {
  return createHash('sha256').update(content).digest(encoding)
}
