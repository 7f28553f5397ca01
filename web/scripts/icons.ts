// Vite plugin: draws the pictures that systems want of an installed app from the SVGs in public/,
// so that none is kept beside them. Their names are in public/*.webmanifest and index.html.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import type { Plugin } from 'vite'

const ICONS = [
  { name: '192', from: 'icon', px: 192 },
  { name: '512', from: 'icon', px: 512 },
  { name: 'maskable-512', from: 'icon-maskable', px: 512 },
  { name: 'apple-touch-180', from: 'icon-maskable', px: 180 },
]

export function icons(): Plugin {
  return {
    name: 'tenon:icons',
    apply: 'build',
    async buildStart() {
      const path = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')
      // Once in a process; a second build in it finds it done.
      await initWasm(readFileSync(path)).catch(() => {})
      for (const { name, from, px } of ICONS) {
        const svg = readFileSync(new URL(`../public/${from}.svg`, import.meta.url), 'utf8')
        const drawn = new Resvg(svg, { fitTo: { mode: 'width', value: px } }).render()
        this.emitFile({ type: 'asset', fileName: `icons/${name}.png`, source: drawn.asPng() })
      }
    },
  }
}
