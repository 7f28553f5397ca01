// The title, always a field: Enter or leaving it saves, Escape takes back.

import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { t } from '../../../i18n'
import { updateTask } from '../../../model/task'
import type { Task } from '../../../protocol'
import { cx } from '../../../ui/class'
import { TITLE_CHARS_MAX } from '../board/QuickAdd'

interface Props {
  task: Task
  large: boolean
  /** It can be read and not changed. */
  locked: boolean
}

export function Title({ task, large, locked }: Props) {
  const [text, setText] = useState(task.title)
  const field = useRef<HTMLTextAreaElement>(null)
  const editing = useRef(false)
  useEffect(() => {
    // What somebody else wrote meanwhile does not replace what is being typed.
    if (!editing.current) setText(task.title)
  }, [task.title])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = '0'
    element.style.height = `${element.scrollHeight}px`
  }, [text, large])
  const save = () => {
    editing.current = false
    const title = text.trim().replace(/\s+/g, ' ')
    if (title !== '' && title !== task.title) updateTask(task.id, { title })
    setText(title === '' ? task.title : title)
  }
  return (
    <textarea
      ref={field}
      rows={1}
      value={text}
      maxLength={TITLE_CHARS_MAX}
      aria-label={t('work.title')}
      readOnly={locked}
      className={cx(
        '-mx-2 block w-[calc(100%+16px)] resize-none overflow-hidden rounded-md bg-transparent px-2',
        'py-1 font-semibold hover:bg-hover focus:bg-transparent focus:outline-1',
        'focus:outline-accent',
        large ? 'text-xl' : 'text-lg',
      )}
      onFocus={() => {
        editing.current = true
      }}
      onChange={(event) => setText(event.target.value.replace(/\n/g, ' '))}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || event.keyCode === 229) return
        if (event.key === 'Enter') {
          event.preventDefault()
          field.current?.blur()
        } else if (event.key === 'Escape') {
          event.stopPropagation()
          setText(task.title)
          // The state is set before the field saves what it holds.
          requestAnimationFrame(() => field.current?.blur())
        }
      }}
    />
  )
}
