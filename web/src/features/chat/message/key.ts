// The keys on a message that has the focus. Pure: says what a key means, does nothing.

export type RowKey =
  | 'up'
  | 'down'
  | 'first'
  | 'last'
  | 'task'
  | 'select'
  | 'extend_up'
  | 'extend_down'
  | 'reply'
  | 'edit'
  | 'react'
  | 'remove'
  | 'unread'
  | 'pin'
  | 'resolve'
  | 'link'
  | 'quote'
  | 'forward'
  | 'menu'
  | 'leave'

interface Pressed {
  key: string
  shiftKey: boolean
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
}

/** All of them are told on the help sheet. */
export const MESSAGE_KEYS: Record<string, RowKey> = {
  ArrowUp: 'up',
  k: 'up',
  ArrowDown: 'down',
  j: 'down',
  Home: 'first',
  End: 'last',
  t: 'task',
  x: 'select',
  r: 'reply',
  e: 'edit',
  '+': 'react',
  '=': 'react',
  Delete: 'remove',
  Backspace: 'remove',
  u: 'unread',
  p: 'pin',
  d: 'resolve',
  l: 'link',
  q: 'quote',
  f: 'forward',
  m: 'menu',
  ContextMenu: 'menu',
  Escape: 'leave',
}

const SHIFTED: Record<string, RowKey> = { ArrowUp: 'extend_up', ArrowDown: 'extend_down' }

/** Null for a key that is not the message's. */
export function rowKey(event: Pressed): RowKey | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null
  if (event.shiftKey && event.key !== '+') return SHIFTED[event.key] ?? null
  return MESSAGE_KEYS[event.key] ?? null
}
