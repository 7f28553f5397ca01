// Signals: who is there, as the server says, and nobody else.

import { expect, it } from 'vitest'
import type { SignalDown } from '../protocol'
import { Signals } from './signals'
import type { View } from './view'

const presence = (value: SignalDown['value'], actor?: string): SignalDown => ({
  scope: 'workspace',
  kind: 'presence',
  value,
  ttl_ms: 0,
  actor,
})

it('believes the server about who is there, and no member', () => {
  const view = { touch: () => {}, replica: { me: 'me' } } as unknown as View
  const signals = new Signals(view, () => true)
  signals.hear(presence({ online: ['boss'], offline: [] }))
  expect(signals.isOnline('boss')).toBe(true)
  signals.hear(presence({ online: 5, offline: ['boss'] }, 'li'))
  signals.hear(presence(null, 'li'))
  expect(signals.isOnline('boss')).toBe(true)
  signals.hear(presence({ online: [], offline: ['boss'] }))
  expect(signals.isOnline('boss')).toBe(false)
})
