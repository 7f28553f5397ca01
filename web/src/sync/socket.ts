// The connection: one WebSocket at a time, opened again for ever with growing, jittered pauses.
// Passes frames up and down; knows nothing of what they mean beyond `welcome` and `closed`.

import type { ClientFrame, ServerFrame } from '../protocol'

export type SocketState = 'online' | 'connecting' | 'offline'

export interface SocketPorts {
  /** The cursor for `hello`; null before there is a replica. */
  cursor(): number | null
  frame(frame: ServerFrame): void
  stateChanged(state: SocketState): void
  /** Frames are expected (an answer to a command is due). */
  isWaiting(): boolean
}

/** What the browser offers, as a seam for tests. */
export interface SocketWorld {
  open(url: string): WebSocket
  isOnline(): boolean
  random(): number
}

const world: SocketWorld = {
  open: (url) => new WebSocket(url),
  isOnline: () => navigator.onLine,
  random: Math.random,
}

const PAUSE_FIRST_MS = 250
const PAUSE_MAX_MS = 10_000
/** A connection that owes an answer and says nothing this long is given up. */
const ANSWER_MS = 12_000
/** Coming back to a page whose connection was silent this long, it is not trusted. */
const SILENCE_MS = 60_000
const CHECK_MS = 4_000
/** Failed attempts before the reader is told that there is no connection. */
const QUIET_ATTEMPTS = 2

export class Socket {
  private readonly ports: SocketPorts
  private readonly world: SocketWorld
  private socket: WebSocket | undefined
  private isWelcome = false
  private isStopped = true
  private attempt = 0
  private heardAt = 0
  private retry: ReturnType<typeof setTimeout> | undefined
  private check: ReturnType<typeof setInterval> | undefined
  private shown: SocketState = 'connecting'

  constructor(ports: SocketPorts, of: SocketWorld = world) {
    this.ports = ports
    this.world = of
  }

  get state(): SocketState {
    return this.shown
  }

  start(): void {
    if (!this.isStopped) return
    this.isStopped = false
    addEventListener('online', this.wake)
    addEventListener('offline', this.lost)
    document.addEventListener('visibilitychange', this.seen)
    this.check = setInterval(this.watch, CHECK_MS)
    this.connect()
  }

  stop(): void {
    this.isStopped = true
    removeEventListener('online', this.wake)
    removeEventListener('offline', this.lost)
    document.removeEventListener('visibilitychange', this.seen)
    clearInterval(this.check)
    clearTimeout(this.retry)
    this.close()
  }

  /** Connects anew from the cursor of now, without a pause. */
  restart(): void {
    if (this.isStopped) return
    this.attempt = 0
    this.close()
    this.connect()
  }

  /** False if there is no welcomed connection; then nothing was sent. */
  send(frame: ClientFrame): boolean {
    if (!this.isWelcome || this.socket?.readyState !== WebSocket.OPEN) return false
    this.socket.send(JSON.stringify(frame))
    return true
  }

  private connect(): void {
    clearTimeout(this.retry)
    if (this.isStopped) return
    if (!this.world.isOnline()) return this.show('offline')
    if (this.attempt < QUIET_ATTEMPTS) this.show('connecting')
    const socket = this.world.open(address())
    this.socket = socket
    this.heardAt = Date.now()
    socket.onopen = () => {
      const hello: ClientFrame = { type: 'hello', after: this.ports.cursor() }
      socket.send(JSON.stringify(hello))
    }
    socket.onmessage = ({ data }) => {
      if (socket === this.socket) this.hear(String(data))
    }
    socket.onclose = () => {
      if (socket === this.socket) this.closed()
    }
  }

  private hear(text: string): void {
    this.heardAt = Date.now()
    const frame = JSON.parse(text) as ServerFrame
    if (frame.type === 'welcome') {
      this.isWelcome = true
      this.attempt = 0
      this.show('online')
    }
    this.ports.frame(frame)
  }

  private closed(): void {
    this.socket = undefined
    this.isWelcome = false
    if (this.isStopped) return
    const isQuiet = this.attempt < QUIET_ATTEMPTS && this.world.isOnline()
    this.show(isQuiet ? 'connecting' : 'offline')
    const most = Math.min(PAUSE_MAX_MS, PAUSE_FIRST_MS * 2 ** this.attempt)
    this.attempt += 1
    this.retry = setTimeout(() => this.connect(), most * (0.5 + this.world.random() / 2))
  }

  private close(): void {
    const { socket } = this
    this.socket = undefined
    this.isWelcome = false
    socket?.close()
  }

  private show(state: SocketState): void {
    if (this.shown === state) return
    this.shown = state
    this.ports.stateChanged(state)
  }

  private readonly wake = () => {
    if (!this.isWelcome) this.restart()
  }

  private readonly lost = () => {
    this.close()
    this.closed()
  }

  private readonly seen = () => {
    if (document.visibilityState !== 'visible') return
    const silent = Date.now() - this.heardAt > SILENCE_MS
    if (!this.isWelcome || silent) this.restart()
  }

  private readonly watch = () => {
    const silence = Date.now() - this.heardAt
    const owes = this.socket && (!this.isWelcome || this.ports.isWaiting())
    if (owes && silence > ANSWER_MS) {
      this.close()
      this.closed()
    }
  }
}

function address(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/sync`
}
