// Chooses the custom fields that a list or the cards of a board show.

import { Columns3 } from 'lucide-react'
import { t } from '../../../i18n'
import { cx } from '../../../ui/class'
import { Menu, MenuCheck, MenuGroup } from '../../../ui/Menu'
import { KindIcon } from './kind'
import type { FieldChoice } from './shown'

interface Props {
  choice: FieldChoice
  className?: string
}

/** Nothing where a project has no fields of its own. */
export function DisplayMenu({ choice, className }: Props) {
  const { shown, fields, toggle } = choice
  if (fields.length === 0) return null
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={cx(
            'flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm text-soft',
            'hover:bg-hover',
            className,
          )}
        >
          <Columns3 size={14} aria-hidden />
          {t('work.display')}
        </button>
      }
    >
      <MenuGroup label={t('work.display_fields')}>
        {fields.map(({ id, name, kind }) => (
          <MenuCheck
            key={id}
            icon={<KindIcon kind={kind} />}
            checked={shown.fields.some((field) => field.id === id)}
            onChange={() => toggle(id)}
          >
            {name}
          </MenuCheck>
        ))}
      </MenuGroup>
    </Menu>
  )
}
