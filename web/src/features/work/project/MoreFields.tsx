// The custom fields of a task that is being made: folded away until asked for, as most tasks need
// none of them.

import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { t } from '../../../i18n'
import type { FieldValue, Project } from '../../../protocol'
import { cx } from '../../../ui/class'
import { FieldLine, fieldTitle } from '../field/FieldLine'
import { ValueEditor } from '../field/ValueEditor'

export type Values = Readonly<Record<string, FieldValue>>

interface Props {
  project: Project
  values: Values
  /** Null: nothing. Undefined: what is typed is no value. */
  onChange: (field: string, value: FieldValue | null | undefined) => void
  /** Something typed there is no value: it stays in sight. */
  wrong: boolean
}

export function MoreFields({ project, values, onChange, wrong }: Props) {
  const [isOpened, setOpened] = useState(Object.keys(values).length > 0)
  const open = isOpened || wrong
  const id = useId()
  const fields = (project.fields ?? []).filter(({ archived }) => !archived)
  if (fields.length === 0) return null
  return (
    <div className="mt-2">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        className="-ml-1 flex h-8 items-center gap-1 rounded-md px-1 text-soft text-sm hover:bg-hover"
        onClick={() => setOpened(!open)}
      >
        <ChevronRight size={14} aria-hidden className={cx('text-faint', open && 'rotate-90')} />
        {t('work.fields_more')}
      </button>
      {/* Stays while it is folded: so does what is typed there. */}
      <section id={id} hidden={!open} aria-label={t('work.fields')}>
        {fields.map((field) => (
          <FieldLine key={field.id} name={field.name} title={fieldTitle(field)}>
            <ValueEditor
              field={field}
              value={values[field.id]}
              project={project.id}
              onChange={(value) => onChange(field.id, value)}
              onTyped={(value) => onChange(field.id, value)}
            />
          </FieldLine>
        ))}
      </section>
    </div>
  )
}
