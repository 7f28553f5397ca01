// A field for one new task after another. Enter makes it, Escape or leaving it empty closes.

import { useRef, useState } from 'react'
import { t } from '../../../i18n'
import { createTask, moveTask } from '../../../model/task'

interface Props {
  project: string
  state: string
  /** The card that the new one stands above; at the bottom without. */
  above?: string
  parent?: string
  onClose: () => void
}

/** Limit: characters of a title. */
export const TITLE_CHARS_MAX = 250

export function QuickAdd({ project, state, above, parent, onClose }: Props) {
  const [title, setTitle] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const add = () => {
    const text = title.trim().replace(/\s+/g, ' ')
    if (text === '') return
    const { id } = createTask({ project, state, title: text, ...(parent ? { parent } : {}) })
    if (above) moveTask(id, { before: above })
    setTitle('')
  }
  return (
    <div className="px-2 py-[3px]">
      <textarea
        ref={field}
        // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked for it
        autoFocus
        rows={2}
        value={title}
        maxLength={TITLE_CHARS_MAX}
        aria-label={t('work.title')}
        placeholder={t('work.quick_add_hint')}
        className="block w-full resize-none rounded-md border border-accent bg-raised p-2.5
          text-sm outline-none"
        onChange={(event) => setTitle(event.target.value)}
        onKeyDown={(event) => {
          // Enter that ends a composition belongs to the input method.
          if (event.nativeEvent.isComposing || event.keyCode === 229) return
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault()
            add()
            field.current?.scrollIntoView({ block: 'nearest' })
          } else if (event.key === 'Escape') {
            event.stopPropagation()
            onClose()
          }
        }}
        onBlur={() => {
          add()
          onClose()
        }}
      />
    </div>
  )
}
