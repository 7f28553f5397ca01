// Build, development server and unit tests of the web UI. `npm run build` is called by xtask.

import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { firstLoad } from './scripts/firstLoad'
import { icons } from './scripts/icons'
import { keep } from './scripts/keep'
import { texts } from './scripts/texts'

const server = process.env.TENON_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react(), tailwindcss(), icons(), texts(), keep()],
  resolve: {
    alias: { entities: new URL('./src/ui/markdown/entity.ts', import.meta.url).pathname },
  },
  server: {
    port: 5173,
    proxy: { '/api': { target: server, ws: true } },
  },
  build: {
    outDir: 'dist',
    target: 'es2022',
    manifest: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { codeSplitting: { groups: [firstLoad()] } } },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
})
