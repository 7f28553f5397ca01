// Measures the web UI in Chromium; called by `cargo xtask bench`, after `tenon bench`.
//   node bench/main.mjs [--quick] [--json FILE]
// TENON_BINARY names the server, TENON_CHROMIUM the browser.

import { runnerImport } from 'vite'

process.env.TENON_BINARY ??= new URL('../../target/release/tenon', import.meta.url).pathname
const { module } = await runnerImport(new URL('./run.ts', import.meta.url).pathname, {
  configFile: false,
  logLevel: 'error',
})
await module.run(process.argv.slice(2))
