// Stories in real browsers, each with a server of its own; two files at once, because a story waits
// more than it computes. `npm run e2e`.

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    environment: 'node',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Stories tell what happens, not how fast: a loaded machine gets the time it needs.
    expect: { poll: { timeout: 15_000 } },
  },
})
