// Whether the reader is looking at this page: said to the server on every change, so that nothing
// is pushed to their devices meanwhile. Whoever has not moved for a while is not looking.

import type { ClientFrame } from '../protocol'

const IDLE_MS = 120_000
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

export class Foreground {
  private readonly send: (frame: ClientFrame) => boolean
  /** What the server knows; it begins with no. */
  private said = false
  private touchedAt = 0
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(send: (frame: ClientFrame) => boolean) {
    this.send = send
  }

  start(): void {
    this.touchedAt = Date.now()
    addEventListener('focus', this.touched)
    addEventListener('blur', this.look)
    document.addEventListener('visibilitychange', this.look)
    for (const sign of SIGNS) addEventListener(sign, this.touched, { passive: true })
  }

  /** A new connection, which has been told nothing. */
  welcomed(): void {
    this.said = false
    this.look()
  }

  private readonly touched = () => {
    this.touchedAt = Date.now()
    if (!this.said) this.look()
  }

  private readonly look = () => {
    clearTimeout(this.timer)
    const rest = this.touchedAt + IDLE_MS - Date.now()
    const active = document.visibilityState === 'visible' && document.hasFocus() && rest > 0
    if (active) this.timer = setTimeout(this.look, rest)
    if (active !== this.said && this.send({ type: 'foreground', active })) this.said = active
  }
}
