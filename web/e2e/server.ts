// A Tenon server of a story's own: an empty data directory, a free port, this build's binary.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const binary =
  process.env.TENON_BINARY ?? new URL('../../target/debug/tenon', import.meta.url).pathname

export interface Server {
  /** `http://127.0.0.1:PORT`, the same after a restart. */
  url: string
  /** SIGKILL: as if the machine had lost its power. */
  kill(): Promise<void>
  /** Starts again on the same data and port; so many hours have passed. */
  restart(hoursAhead?: number): Promise<void>
  /** Ends it and removes its data. */
  remove(): Promise<void>
}

export async function startServer(...options: string[]): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'tenon-story-'))
  let running = await spawnServer(folder, '127.0.0.1:0', options)
  const { url } = running
  const kill = async () => {
    if (running.child.exitCode !== null || running.child.signalCode !== null) return
    const ended = once(running.child, 'exit')
    running.child.kill('SIGKILL')
    await ended
  }
  return {
    url,
    kill,
    restart: async (hoursAhead = 0) => {
      running = await spawnServer(folder, new URL(url).host, options, hoursAhead)
    },
    remove: async () => {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function spawnServer(
  folder: string,
  listen: string,
  options: string[],
  hoursAhead = 0,
): Promise<{ child: ChildProcess; url: string }> {
  // One inner address that it may reach: there stories play the rest of the web.
  const outside = ['--outbound-allow', '127.0.0.2/32']
  const words = ['serve', '--data', folder, '--listen', listen, ...outside, ...options]
  const child = spawn(binary, words, {
    env: { ...process.env, TENON_CLOCK_AHEAD_H: String(hoursAhead) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A run that is broken off leaves nothing behind.
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  let told = ''
  child.stderr.on('data', (bytes) => {
    told += bytes
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Tenon is ready: (http:\S+)/.exec(line)?.[1]
    if (!url) continue
    child.stdout.resume()
    return { child, url }
  }
  throw new Error(`the server ended before it was ready:\n${told}`)
}
