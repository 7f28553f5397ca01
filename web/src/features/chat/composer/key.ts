// What a key means to whoever writes, where no input method and no completion takes it.

import type { KeyboardEvent } from 'react'
import { type Edit, format, formatOf } from './format'
import { continueList } from './list'
import { isTouch } from './touch'

/** Enter sends, Shift+Enter breaks; on a touch keyboard Enter breaks and Mod+Enter sends. */
export function sends(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || event.shiftKey || event.altKey) return false
  if (event.metaKey || event.ctrlKey) return true
  return !isTouch()
}

/** A line break, as Enter or Shift+Enter makes it, where it goes on with a list. */
export function listBreak(event: KeyboardEvent<HTMLTextAreaElement>): Edit | null {
  if (event.key !== 'Enter' || event.altKey || event.metaKey || event.ctrlKey) return null
  const { value, selectionStart: from, selectionEnd: to } = event.currentTarget
  return from === to && (event.shiftKey || isTouch()) ? continueList(value, from) : null
}

/** Mod+Shift+Enter: the moments to send it at. */
export function sendsLater(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && event.shiftKey && (event.metaKey || event.ctrlKey)
}

/** Mod+Z, in an empty composer: what was just sent comes back. */
export function undoes(event: KeyboardEvent): boolean {
  return event.key.toLowerCase() === 'z' && !event.shiftKey && (event.metaKey || event.ctrlKey)
}

/** What the keys of a format do. */
export function shortcut(event: KeyboardEvent<HTMLTextAreaElement>): Edit | null {
  const kind = formatOf(event.nativeEvent)
  const { value, selectionStart: from, selectionEnd: to } = event.currentTarget
  // Without a selection the keys of a link belong to the palette.
  if (!kind || (kind === 'link' && from === to)) return null
  return format(kind, value, from, to)
}
