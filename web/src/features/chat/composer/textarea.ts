// Changes a text area the way typing does, so that undo keeps working and React hears of it.

import type { Edit } from './format'

/** Applies an edit and selects what it says. */
export function applyEdit(area: HTMLTextAreaElement, edit: Edit) {
  area.focus({ preventScroll: true })
  area.setSelectionRange(edit.start, edit.end)
  // The one way that keeps the browser's undo; where it is missing the text changes all the same.
  const typed =
    typeof document.execCommand === 'function' &&
    (edit.text === ''
      ? document.execCommand('delete')
      : document.execCommand('insertText', false, edit.text))
  if (!typed) {
    // React overrides the property of the element to notice changes; it must not notice this one.
    const whole = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')
    whole?.set?.call(area, area.value.slice(0, edit.start) + edit.text + area.value.slice(edit.end))
    area.setSelectionRange(edit.from, edit.to)
    area.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
  area.setSelectionRange(edit.from, edit.to)
}

const growsByItself = typeof CSS !== 'undefined' && CSS.supports?.('field-sizing', 'content')

/** Makes it as high as its text; CSS limits it. */
export function grow(area: HTMLTextAreaElement) {
  if (growsByItself) {
    area.style.setProperty('field-sizing', 'content')
    return
  }
  area.style.height = 'auto'
  area.style.height = `${area.scrollHeight}px`
}
