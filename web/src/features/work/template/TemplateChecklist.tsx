// The items that a template's tasks begin with.

import { Plus, X } from 'lucide-react'
import { useRef } from 'react'
import { t } from '../../../i18n'
import { Button, IconButton } from '../../../ui/Button'
import { Input } from '../../../ui/Field'
import { TITLE_CHARS_MAX } from '../board/QuickAdd'

/** Limit: items of a checklist. */
const ITEMS_MAX = 100

interface Props {
  items: readonly string[]
  onChange: (items: string[]) => void
}

export function TemplateChecklist({ items, onChange }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const add = (at: number) => {
    if (items.length >= ITEMS_MAX) return
    onChange([...items.slice(0, at), '', ...items.slice(at)])
    requestAnimationFrame(() => list.current?.querySelectorAll('input')[at]?.focus())
  }
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">{t('work.checklist')}</legend>
      {items.length > 0 && (
        <ul ref={list} className="mb-2 flex flex-col gap-1">
          {items.map((item, at) => (
            <li key={at} className="flex items-center gap-1">
              <Input
                value={item}
                maxLength={TITLE_CHARS_MAX}
                aria-label={t('work.template_item', { number: at + 1 })}
                onChange={(event) =>
                  onChange(items.map((one, place) => (place === at ? event.target.value : one)))
                }
                onKeyDown={(event) => {
                  if (event.nativeEvent.isComposing || event.key !== 'Enter') return
                  event.preventDefault()
                  if (item.trim() !== '') add(at + 1)
                }}
              />
              <IconButton
                size="sm"
                label={t('work.template_item_remove', { number: at + 1 })}
                onClick={() => onChange(items.filter((_, place) => place !== at))}
              >
                <X size={14} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <Button
        size="sm"
        icon={<Plus size={14} aria-hidden />}
        disabled={items.length >= ITEMS_MAX}
        onClick={() => add(items.length)}
      >
        {t('work.item_add')}
      </Button>
    </fieldset>
  )
}
