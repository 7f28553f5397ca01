// The keys on a message that has the focus. Pure: says what a key means, does nothing.

export type RowKey =
  | 'up'
  | 'down'
  | 'first'
  | 'last'
  | 'task'
  | 'reply'
  | 'edit'
  | 'react'
  | 'remove'
  | 'unread'
  | 'link'
  | 'leave'

interface Pressed {
  key: string
  shiftKey: boolean
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
}

const KEYS: Record<string, RowKey> = {
  ArrowUp: 'up',
  k: 'up',
  ArrowDown: 'down',
  j: 'down',
  Home: 'first',
  End: 'last',
  t: 'task',
  r: 'reply',
  e: 'edit',
  '+': 'react',
  '=': 'react',
  Delete: 'remove',
  Backspace: 'remove',
  u: 'unread',
  l: 'link',
  Escape: 'leave',
}

/** Null for a key that is not the message's. */
export function rowKey(event: Pressed): RowKey | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null
  if (event.shiftKey && event.key !== '+') return null
  return KEYS[event.key] ?? null
}
