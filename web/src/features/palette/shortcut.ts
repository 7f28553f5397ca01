/**
 * Keys that work everywhere: one listener, sequences such as `g i`, a list for the help sheet.
 * Never fires while somebody types or composes, nor over what a screen handled already.
 */
import { useEffect, useRef } from 'react'

/** Limit: the second key of a sequence must come within this time. */
export const SEQUENCE_MS = 1_200

/** All global keys in the order of the help sheet, written as `Kbd` takes them. */
export const SHORTCUTS = [
  { id: 'palette', keys: 'Mod+K', group: 'general' },
  { id: 'help', keys: '?', group: 'general' },
  { id: 'create_task', keys: 'C', group: 'general' },
  { id: 'inbox', keys: 'G I', group: 'go' },
  { id: 'home', keys: 'G H', group: 'go' },
  { id: 'my_work', keys: 'G M', group: 'go' },
  { id: 'threads', keys: 'G T', group: 'go' },
  { id: 'drafts', keys: 'G D', group: 'go' },
  { id: 'settings', keys: 'G S', group: 'go' },
  { id: 'previous_channel', keys: 'Alt+↑', group: 'go' },
  { id: 'next_channel', keys: 'Alt+↓', group: 'go' },
  { id: 'previous_unread', keys: 'Alt+Shift+↑', group: 'go' },
  { id: 'next_unread', keys: 'Alt+Shift+↓', group: 'go' },
  { id: 'mark_all_read', keys: 'Shift+Esc', group: 'general' },
] as const

export type ShortcutId = (typeof SHORTCUTS)[number]['id']
type Handlers = Partial<Record<ShortcutId, () => void>>

/** What a key press means, given the first key of a sequence if there was one. */
export function shortcutOf(
  event: KeyLike,
  first: string | null,
): { id: ShortcutId } | { first: string } | null {
  const key = keyOf(event)
  if (key === null) return null
  const pressed = first ? `${first} ${key}` : key
  const whole = SHORTCUTS.find((shortcut) => shortcut.keys.toLowerCase() === pressed)
  if (whole) return { id: whole.id }
  if (!first && SHORTCUTS.some((shortcut) => shortcut.keys.toLowerCase().startsWith(`${key} `)))
    return { first: key }
  return first ? shortcutOf(event, null) : null
}

interface KeyLike {
  key: string
  code?: string
  metaKey: boolean
  ctrlKey: boolean
  altKey: boolean
  shiftKey?: boolean
  isComposing?: boolean
}

/** A key press as in `SHORTCUTS`, in small letters; null for what can be no shortcut. */
function keyOf(event: KeyLike): string | null {
  if (event.isComposing || event.key === 'Process') return null
  if (event.altKey) return walkOf(event)
  const key = event.key === '？' ? '?' : event.key.toLowerCase()
  if (event.metaKey || event.ctrlKey) return `mod+${key}`
  if (key === 'escape') return event.shiftKey ? 'shift+esc' : null
  return key.length === 1 ? key : null
}

const ARROWS: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓' }

/** Of the keys with Alt only these are ours; the others write letters, or are the browser's. */
function walkOf(event: KeyLike): string | null {
  const arrow = ARROWS[event.key]
  if (!arrow || event.metaKey || event.ctrlKey) return null
  return event.shiftKey ? `alt+shift+${arrow}` : `alt+${arrow}`
}

/** Whether Alt and an arrow do something of their own here: open a list, choose a date. */
function opensList(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, [role=combobox]') !== null
}

/** Whether key presses here are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest('[contenteditable="true"], [contenteditable=""]')) return true
  const field = target.closest('input, textarea, select')
  if (!(field instanceof HTMLInputElement)) return field !== null
  return !['checkbox', 'radio', 'button', 'submit', 'range', 'color'].includes(field.type)
}

/** Listens while mounted; mount once, in the frame of the application. */
export function useShortcuts(handlers: Handlers) {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => {
    let first: { key: string; at: number } | null = null
    const begun = (event: KeyboardEvent) =>
      first && event.timeStamp - first.at < SEQUENCE_MS ? first.key : null
    // The second key of a sequence is never a key of the message or row that has the focus.
    const onSecond = (event: KeyboardEvent) => {
      const key = begun(event)
      const typed = key && !isTyping(event.target) ? keyOf(event) : null
      const whole = SHORTCUTS.find(({ keys }) => keys.toLowerCase() === `${key} ${typed}`)
      const run = whole && !isInOverlay(event.target) ? latest.current[whole.id] : undefined
      if (!run || event.repeat) return
      first = null
      event.preventDefault()
      event.stopPropagation()
      run()
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return
      const modified = event.metaKey || event.ctrlKey
      // Nobody types Escape, or walks by text: they work in the composer too.
      const walks = event.altKey && event.key in ARROWS
      if (walks && opensList(event.target)) return
      const types = isTyping(event.target) && event.key !== 'Escape' && !walks
      if (!modified && (types || isInOverlay(event.target))) return
      const found = shortcutOf(event, begun(event))
      first = found && 'first' in found ? { key: found.first, at: event.timeStamp } : null
      const run = found && 'id' in found ? latest.current[found.id] : undefined
      if (!run) return
      event.preventDefault()
      run()
    }
    document.addEventListener('keydown', onSecond, true)
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('keydown', onSecond, true)
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [])
}

/** An open dialog or menu owns its keys. */
function isInOverlay(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=dialog], [role=menu]') !== null
}
