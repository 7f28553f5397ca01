// Buttons that do to the words what Markdown does. A chunk of its own: it shows to those who want
// it. One stop of the Tab key; arrow keys go from button to button.

import {
  Bold,
  Code,
  Italic,
  Link,
  List,
  ListChecks,
  ListOrdered,
  SquareCode,
  Strikethrough,
  TextQuote,
} from 'lucide-react'
import { Fragment, type KeyboardEvent, useState } from 'react'
import { t } from '../../../i18n'
import { IconButton } from '../../../ui/Button'
import { FORMAT_KEYS, type Format } from './format'

const GROUPS: readonly (readonly Format[])[] = [
  ['bold', 'italic', 'strike'],
  ['link'],
  ['list', 'numbers', 'tasks', 'quote'],
  ['code', 'fence'],
]

const ICONS = {
  bold: Bold,
  italic: Italic,
  strike: Strikethrough,
  link: Link,
  list: List,
  numbers: ListOrdered,
  tasks: ListChecks,
  quote: TextQuote,
  code: Code,
  fence: SquareCode,
}

interface Props {
  disabled?: boolean | undefined
  onFormat(format: Format): void
}

export default function FormatBar({ disabled, onFormat }: Props) {
  const [current, setCurrent] = useState<Format>('bold')
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const all = [...event.currentTarget.querySelectorAll('button')]
    const at = all.indexOf(document.activeElement as HTMLButtonElement)
    all[(at + step + all.length) % all.length]?.focus()
  }
  return (
    <div
      role="toolbar"
      aria-label={t('draft.formatting')}
      onKeyDown={onKeyDown}
      className="flex items-center gap-0.5 overflow-x-auto border-b px-1.5 py-1
        [scrollbar-width:none]"
    >
      {GROUPS.map((formats, index) => (
        <Fragment key={formats[0]}>
          {index > 0 && <span aria-hidden className="mx-1 h-4 w-px shrink-0 bg-line" />}
          {formats.map((format) => {
            const Icon = ICONS[format]
            return (
              <IconButton
                key={format}
                size="sm"
                label={t(`draft.format_${format}`)}
                {...(FORMAT_KEYS[format] && { shortcut: FORMAT_KEYS[format] })}
                disabled={disabled}
                tabIndex={format === current ? 0 : -1}
                className="max-md:size-9 pointer-coarse:my-0!"
                // The words keep the focus and what is chosen of them; a phone its keyboard.
                onPointerDown={(event) => event.preventDefault()}
                onFocus={() => setCurrent(format)}
                onClick={() => onFormat(format)}
              >
                <Icon size={16} aria-hidden />
              </IconButton>
            )
          })}
        </Fragment>
      ))}
    </div>
  )
}
