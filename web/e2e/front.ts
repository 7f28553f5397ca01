// What stands before a server in a deployment story: passes everything on, and from `deploy` on
// gives out a second build of the UI. It is the first one with every file under another name, so
// that the server no longer knows the files of the first, as after a real deployment.

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Server } from './server'

const WORKER = '/worker.js'
/** What the worker calls its build. */
const BUILD = /"[0-9a-f]{12}"/
const SECOND_BUILD = '000000000002'
/** The worker's list of files, as scripts/keep.ts writes it. */
const FILES = /\{"\/[^{}]*\}/
/** Names of files, wherever they are written. */
const NAMES = /[\w$-]+(?:\.[\w$-]+)*\.(?:js|css|svg|woff2)/g

interface File {
  body: Buffer
  headers: Record<string, string>
}

export interface Front {
  url: string
  /** Gives out the second build from now on. */
  deploy(): Promise<void>
  close(): Promise<void>
}

export async function openFront(server: Server): Promise<Front> {
  let second: Map<string, File> | undefined
  const sockets = new Set<Socket>()
  const front = createServer((request, response) => {
    const path = new URL(request.url ?? '/', server.url).pathname
    const isPage = request.headers.accept?.includes('text/html') && !path.startsWith('/api/')
    const file = second?.get(isPage ? '/index.html' : path)
    if (file) response.writeHead(200, file.headers).end(file.body)
    else if (second && path.startsWith('/assets/')) response.writeHead(404).end()
    else pass(server, request, response)
  })
  front.on('upgrade', (request, socket, head) => passSocket(server, request, socket, head))
  front.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  front.listen(0, '127.0.0.1')
  await once(front, 'listening')
  return {
    url: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    deploy: async () => {
      second = await secondBuild(server)
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      front.close()
      await once(front, 'close')
    },
  }
}

function pass(server: Server, request: IncomingMessage, response: ServerResponse) {
  const { method, headers } = request
  const passed = ask(server.url + request.url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  passed.on('error', () => {
    if (!response.headersSent) response.writeHead(502)
    response.end()
  })
  request.pipe(passed)
}

function passSocket(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer) {
  const { hostname, port } = new URL(server.url)
  const further = connect(Number(port), hostname)
  const lines = [`${request.method} ${request.url} HTTP/1.1`]
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`)
  }
  further.write(`${lines.join('\r\n')}\r\n\r\n`)
  further.write(head)
  further.pipe(socket).pipe(further)
  further.on('error', () => socket.destroy())
  socket.on('error', () => further.destroy())
}

async function secondBuild(server: Server): Promise<Map<string, File>> {
  const worker = await load(server, WORKER)
  const script = worker.body.toString()
  const listed = FILES.exec(script)?.[0]
  if (!listed || !BUILD.test(script)) throw new Error('the worker does not say what it keeps')
  const paths = Object.keys(JSON.parse(listed) as Record<string, string>)
  const assets = new Set(paths.filter((path) => path.startsWith('/assets/')).map(nameOf))
  const rename = (text: string) =>
    text.replace(NAMES, (name) => (assets.has(name) ? name.replace(/\.\w+$/, '-2$&') : name))
  const files = new Map<string, File>()
  const hashes: Record<string, string> = {}
  for (const path of paths) {
    const { body, headers } = await load(server, path)
    const isText = /\.(js|css|html)$/.test(path)
    const now = isText ? Buffer.from(rename(body.toString())) : body
    files.set(rename(path), { body: now, headers })
    hashes[rename(path)] = `sha256-${createHash('sha256').update(now).digest('base64')}`
  }
  const body = script
    .replace(listed, () => JSON.stringify(hashes))
    .replace(BUILD, JSON.stringify(SECOND_BUILD))
  files.set(WORKER, { body: Buffer.from(body), headers: worker.headers })
  return files
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

async function load(server: Server, path: string): Promise<File> {
  const answer = await fetch(server.url + path)
  if (!answer.ok) throw new Error(`GET ${path}: ${answer.status}`)
  const headers = Object.fromEntries(answer.headers)
  for (const name of ['content-encoding', 'content-length', 'etag', 'transfer-encoding']) {
    delete headers[name]
  }
  return { body: Buffer.from(await answer.arrayBuffer()), headers }
}
