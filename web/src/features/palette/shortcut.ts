/**
 * Keys that work everywhere: one listener, sequences such as `g i`, a list for the help sheet.
 * Never fires while somebody types or composes, nor over what a screen handled already.
 */
import { useEffect, useRef } from 'react'

/** Limit: the second key of a sequence must come within this time. */
export const SEQUENCE_MS = 1_200

/** All global keys in the order of the help sheet; screens add their own lines to it. */
export const SHORTCUTS = [
  { id: 'palette', keys: 'mod+k', group: 'general' },
  { id: 'help', keys: '?', group: 'general' },
  { id: 'create_task', keys: 'c', group: 'general' },
  { id: 'inbox', keys: 'g i', group: 'go' },
  { id: 'my_work', keys: 'g m', group: 'go' },
  { id: 'settings', keys: 'g s', group: 'go' },
] as const

/** Keys that other parts of the screen listen for, told on the help sheet. */
export const LOCAL_SHORTCUTS = [
  { id: 'pick_up', keys: 'space', group: 'board' },
  { id: 'move_card', keys: 'alt+arrows', group: 'board' },
  { id: 'open_card', keys: 'enter', group: 'board' },
  { id: 'put_back', keys: 'escape', group: 'board' },
  { id: 'make_task', keys: 't', group: 'message' },
  { id: 'reply', keys: 'r', group: 'message' },
  { id: 'edit_last', keys: 'up', group: 'message' },
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
  const whole = SHORTCUTS.find((shortcut) => shortcut.keys === pressed)
  if (whole) return { id: whole.id }
  if (!first && SHORTCUTS.some((shortcut) => shortcut.keys.startsWith(`${key} `)))
    return { first: key }
  return first ? shortcutOf(event, null) : null
}

interface KeyLike {
  key: string
  code?: string
  metaKey: boolean
  ctrlKey: boolean
  altKey: boolean
  isComposing?: boolean
}

/** The name of a key press as in `SHORTCUTS`; null for what can be no shortcut. */
function keyOf(event: KeyLike): string | null {
  if (event.isComposing || event.key === 'Process' || event.altKey) return null
  const key = event.key === '？' ? '?' : event.key.toLowerCase()
  if (event.metaKey || event.ctrlKey) return `mod+${key}`
  return key.length === 1 ? key : null
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
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return
      const modified = event.metaKey || event.ctrlKey
      if (!modified && (isTyping(event.target) || isInOverlay(event.target))) return
      const alive = first && event.timeStamp - first.at < SEQUENCE_MS ? first.key : null
      const found = shortcutOf(event, alive)
      first = found && 'first' in found ? { key: found.first, at: event.timeStamp } : null
      const run = found && 'id' in found ? latest.current[found.id] : undefined
      if (!run) return
      event.preventDefault()
      run()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** An open dialog or menu owns its keys. */
function isInOverlay(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=dialog], [role=menu]') !== null
}

const MAC = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform)
const SIGNS: Record<string, string> = {
  mod: MAC ? '⌘' : 'Ctrl',
  alt: MAC ? '⌥' : 'Alt',
  shift: MAC ? '⇧' : 'Shift',
  enter: '↵',
  escape: 'Esc',
  up: '↑',
  arrows: '← ↑ ↓ →',
}

/** The keys as they are printed on a keyboard: `mod+k` -> [`⌘`, `K`], `g i` -> [`G`, `I`]. */
export function keyCaps(keys: string): string[] {
  return keys
    .split(/[ +]/)
    .map((key) => SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key))
}
