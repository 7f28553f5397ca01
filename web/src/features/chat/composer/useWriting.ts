// What is written: the text as it is typed, where the caret stands, what completes it, and how it
// is changed so that undo and input methods keep working. Used by the composer alone.

import {
  type ClipboardEvent,
  type CompositionEvent,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useEmojiNames } from '../../../model/emoji'
import { composition, compositionEnded, compositionStarted, keyReleased } from './composition'
import { complete, type Edit } from './format'
import { pasteEdits } from './paste'
import type { SlashName } from './slash'
import { applyEdit, grow } from './textarea'
import { useCompletion } from './useCompletion'
import { type Surroundings, useEmojiModule } from './useOptions'

export interface ComposerHandle {
  focus(): void
  /** Puts a text after what stands there, and the caret behind it. */
  append(text: string): void
}

interface Options {
  value: string
  onChange(value: string): void
  around: Surroundings
  commands: readonly SlashName[] | undefined
  autoFocus: boolean | undefined
  ref: Ref<ComposerHandle> | undefined
}

export type Writing = ReturnType<typeof useWriting>

export function useWriting(options: Options) {
  const [value, setValue] = useText(options.value, options.onChange)
  const area = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState(0)
  const ime = useIme(setCaret)
  const at = ime.composing ? null : caret
  const completion = useCompletion(at, value, options.around, options.commands)
  const nameEmoji = useNamedEmoji(value.slice(0, caret))
  useArea(area, value, options.autoFocus)
  useImperativeHandle(options.ref, () => ({
    focus: () => area.current?.focus(),
    append: (text) => {
      setValue(value === '' ? text : `${value}\n${text}`)
      area.current?.focus()
    },
  }))

  const apply = (edit: Edit) => {
    if (!area.current) return
    applyEdit(area.current, edit)
    setCaret(edit.to)
  }
  return {
    value,
    setValue,
    setCaret,
    area,
    ime,
    completion,
    apply,
    /** What the browser has put there. */
    change: (element: HTMLTextAreaElement) => {
      setValue(element.value)
      setCaret(element.selectionStart)
      const edit = nameEmoji(element.value.slice(0, element.selectionStart))
      if (edit) apply(edit)
    },
    /** Puts the text where the caret is. */
    insert: (text: string) => {
      const element = area.current
      if (!element) return
      element.focus()
      const { selectionStart: start, selectionEnd: end } = element
      const behind = start + text.length
      apply({ start, end, text, from: behind, to: behind })
    },
    /** Takes one of what completes it. */
    pick: (index: number) => {
      const option = completion.options[index]
      if (!option || !completion.trigger) return
      apply(complete(value, completion.trigger.start, caret, option.put))
      completion.dismiss()
    },
    paste: (event: ClipboardEvent<HTMLTextAreaElement>) => {
      const { selectionStart: from, selectionEnd: to } = event.currentTarget
      const [plain, html] = ['text/plain', 'text/html'].map((type) =>
        event.clipboardData.getData(type),
      )
      const edits = pasteEdits(value, from, to, { plain: plain ?? '', html: html ?? '' })
      if (edits.length > 0) event.preventDefault()
      for (const edit of edits) apply(edit)
    },
  }
}

/**
 * The text as it is typed. What the caller keeps may come back a little later, and a controlled
 * text area must never show an older text in between: that would break input methods and undo.
 */
function useText(kept: string, keep: (text: string) => void) {
  const [text, setText] = useState(kept)
  const [seen, setSeen] = useState(kept)
  if (seen !== kept) {
    setSeen(kept)
    setText(kept)
  }
  const change = (next: string) => {
    setText(next)
    keep(next)
  }
  return [text, change] as const
}

/** Whether an input method composes, and what the text area tells of it. */
function useIme(onEnd: (caret: number) => void) {
  const state = useRef(composition())
  const [composing, setComposing] = useState(false)
  const handlers = {
    onKeyUp: () => keyReleased(state.current),
    onCompositionStart: () => {
      compositionStarted(state.current)
      setComposing(true)
    },
    onCompositionEnd: (event: CompositionEvent<HTMLTextAreaElement>) => {
      compositionEnded(state.current, event.timeStamp)
      setComposing(false)
      onEnd(event.currentTarget.selectionStart)
    },
  }
  return { composing, state, handlers }
}

/** The area is as high as its text, and has the focus when it should. */
function useArea(
  area: { current: HTMLTextAreaElement | null },
  value: string,
  autoFocus: boolean | undefined,
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: grows with the text
  useLayoutEffect(() => {
    if (area.current) grow(area.current)
  }, [value])
  useLayoutEffect(() => {
    const element = area.current
    if (!autoFocus || !element) return
    element.focus({ preventScroll: true })
    element.setSelectionRange(element.value.length, element.value.length)
  }, [area, autoFocus])
}

/** What makes `:smile:` before the caret the emoji of that name. */
function useNamedEmoji(before: string): (text: string) => Edit | null {
  const naming = /:[a-z0-9_+-]+$/.test(before)
  const emoji = useEmojiModule(naming)
  const custom = useEmojiNames(naming)
  return (text) => {
    const named = /(?:^|[^A-Za-z0-9_]):([a-z0-9_+-]+):$/.exec(text)?.[1]
    // A name that the workspace gave to a picture of its own stays that name.
    const found = named && !custom.has(named) && emoji?.emojiNamed(named)
    if (!found) return null
    const start = text.length - named.length - 2
    const at = start + found.length
    return { start, end: text.length, text: found, from: at, to: at }
  }
}
