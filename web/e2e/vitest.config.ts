// Stories in real browsers: one after the other, each with a server of its own. `npm run e2e`.

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Stories tell what happens, not how fast: a loaded machine gets the time it needs.
    expect: { poll: { timeout: 15_000 } },
  },
})
