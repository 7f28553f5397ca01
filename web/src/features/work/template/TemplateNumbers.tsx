// Estimate of a template, and its dates as days after a task is made.

import { useState } from 'react'
import { t } from '../../../i18n'
import type { TaskTemplate } from '../../../protocol'
import { Field, Input } from '../../../ui/Field'
import { typedDays, typedPoints } from '../logic/templates'

type Key = 'estimate' | 'start_days' | 'due_days'

interface Props {
  template: TaskTemplate
  onChange: (changes: Partial<TaskTemplate>) => void
  /** Whether each of them is a number that may be. */
  onValid: (valid: boolean) => void
}

const READ = { estimate: typedPoints, start_days: typedDays, due_days: typedDays }

export function TemplateNumbers({ template, onChange, onValid }: Props) {
  const shown = (key: Key) => template[key]?.toString() ?? ''
  const [typed, setTyped] = useState({
    estimate: shown('estimate'),
    start_days: shown('start_days'),
    due_days: shown('due_days'),
  })
  const isWrong = (key: Key) => READ[key](typed[key]) === undefined
  const field = (key: Key, label: string, wrong: string) => (
    <Field label={label} error={isWrong(key) ? wrong : undefined}>
      <Input
        value={typed[key]}
        inputMode={key === 'estimate' ? 'decimal' : 'numeric'}
        placeholder={t('work.field_empty')}
        onChange={(event) => {
          const next = { ...typed, [key]: event.target.value }
          setTyped(next)
          const keys = Object.keys(READ) as Key[]
          onValid(keys.every((one) => READ[one](next[one]) !== undefined))
          const value = READ[key](event.target.value)
          if (value !== undefined) onChange({ [key]: value })
        }}
      />
    </Field>
  )
  return (
    <div className="grid grid-cols-3 gap-3 max-md:grid-cols-1">
      {field('start_days', t('work.template_start'), t('work.template_days_wrong'))}
      {field('due_days', t('work.template_due'), t('work.template_days_wrong'))}
      {field('estimate', t('work.estimate'), t('work.template_points_wrong'))}
    </div>
  )
}
