// Keys on the messages of a list: arrows move the focus, letters act on the message that has it,
// or on the one under the pointer while nothing has the focus.

import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useState } from 'react'
import type { LocalMessage } from '../../../model/message'
import { focusOnceThere } from '../../../ui/focus'
import type { Actions } from '../message/actions'
import { rowKey } from '../message/key'

interface Options {
  root: RefObject<HTMLElement | null>
  items: readonly LocalMessage[]
  actions: Actions
  /** Brings a row into being and into sight. */
  reveal(index: number): void
  /** Escape, and Down from the newest: back to the composer. */
  leave(): void
}

/** The id of the row that Tab reaches, and the handler for the list. */
export function useRoving({ root, items, actions, reveal, leave }: Options) {
  const [chosen, setChosen] = useState<string | null>(null)
  const last = items[items.length - 1]?.id ?? null
  const current = chosen !== null && items.some((item) => item.id === chosen) ? chosen : last

  const focus = (index: number) => {
    const id = items[index]?.id
    if (!id) return
    setChosen(id)
    reveal(index)
    focusOnceThere(() => rowOf(root.current, id))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const id = event.target instanceof HTMLElement ? event.target.dataset.message : undefined
    const key = id === undefined ? null : rowKey(event)
    const index = items.findIndex((item) => item.id === id)
    if (!key || index < 0) return
    // Then these keys are about all that are selected (SelectionBar).
    if (actions.selection.size > 0 && (key === 'task' || key === 'leave')) return
    if (key === 'leave' || (key === 'down' && index === items.length - 1)) leave()
    else if (key === 'up') focus(Math.max(0, index - 1))
    else if (key === 'down') focus(index + 1)
    else if (key === 'extend_up' || key === 'extend_down') {
      const next = items[index + (key === 'extend_up' ? -1 : 1)]
      if (!next) return
      actions.extendSelection(items[index] as LocalMessage, next)
      focus(items.indexOf(next))
    } else if (key === 'first') focus(0)
    else if (key === 'last') focus(items.length - 1)
    else if (!act(key, items[index] as LocalMessage, event.target as Element, actions)) return
    event.preventDefault()
    event.stopPropagation()
  }

  useEffect(() => {
    const onDocumentKey = (event: globalThis.KeyboardEvent) => {
      if (document.activeElement !== document.body || event.defaultPrevented) return
      const row = root.current?.querySelector<HTMLElement>('[data-message]:hover')
      const key = row ? rowKey(event) : null
      if (actions.selection.size > 0 && key === 'task') return
      const message = items.find((item) => item.id === row?.dataset.message)
      if (row && key && message && act(key, message, row, actions)) event.preventDefault()
    }
    document.addEventListener('keydown', onDocumentKey)
    return () => document.removeEventListener('keydown', onDocumentKey)
  }, [root, items, actions])

  /** With Shift from the row that was chosen last; without it one by one, once one is selected. */
  const onClick = (event: MouseEvent) => {
    const target = event.target as Element
    const id = target.closest<HTMLElement>('[data-message]')?.dataset.message
    const index = items.findIndex((item) => item.id === id)
    const message = items[index]
    const selecting = actions.selection.size > 0
    if (!message || (!selecting && !event.shiftKey) || target.closest(CONTROLS)) return
    const from = items.findIndex((item) => item.id === chosen)
    if (event.shiftKey && selecting && chosen && actions.selection.has(chosen) && from >= 0) {
      actions.select(items.slice(Math.min(from, index), Math.max(from, index) + 1))
    } else actions.toggleSelected(message)
    setChosen(message.id)
    rowOf(root.current, message.id)?.focus({ preventScroll: true })
  }
  /** Shift would mark the text between the two clicks. */
  const onMouseDown = (event: MouseEvent) => {
    const target = event.target as Element
    if (event.shiftKey && target.closest('[data-message]') && !target.closest(CONTROLS))
      event.preventDefault()
  }

  return {
    current,
    onKeyDown,
    onClick,
    onMouseDown,
    onFocus: (event: { target: EventTarget }) => {
      const id = event.target instanceof HTMLElement ? event.target.dataset.message : undefined
      if (id) setChosen(id)
    },
    focusLast: () => focus(items.length - 1),
  }
}

/** What has a meaning of its own when it is clicked. */
const CONTROLS = 'a, button, input, textarea, label, summary'

function rowOf(root: HTMLElement | null, id: string): HTMLElement | null {
  return root?.querySelector(`[data-message="${id}"]`) ?? null
}

/** True if the key meant something that is allowed. */
function act(
  key: ReturnType<typeof rowKey>,
  message: LocalMessage,
  row: Element,
  actions: Actions,
): boolean {
  const rights = actions.rights(message)
  if (key === 'task' && rights.makeTask) actions.makeTask(message, row)
  else if (key === 'task' && message.link) actions.makeTask(message, row)
  else if (key === 'select' && rights.makeTask) actions.toggleSelected(message)
  else if (key === 'reply' && rights.reply) actions.reply(message)
  else if (key === 'edit' && rights.edit) actions.setEditing(message.id)
  else if (key === 'react' && rights.react) actions.chooseReaction(message, row)
  else if (key === 'remove' && rights.remove) actions.remove(message)
  else if (key === 'unread' && rights.markUnread) actions.markUnread(message)
  else if (key === 'pin' && rights.pin) actions.togglePin(message)
  else if (key === 'resolve' && rights.resolve) actions.toggleResolved(message)
  else if (key === 'quote' && rights.quote) actions.quote(message)
  else if (key === 'forward' && rights.forward) actions.forward(message)
  else if (key === 'menu' && !message.card && !message.deleted) actions.showSheet(message)
  else if (key === 'link') actions.copyLink(message)
  else return false
  return true
}
