// A choice of days, or for ever.

import { t } from '../../../i18n'
import { Select } from '../../../ui/Select'

const CHOICES = [1, 7, 14, 30, 60, 90, 180, 365, 730, 1095, 1825]
const FOREVER = 'forever'

/** `30 days`, or `For ever`. */
export function daysName(days: number | null | undefined): string {
  if (days == null) return t('retention.forever')
  return days % 365 === 0
    ? t('retention.years', { count: days / 365 })
    : t('people.days', { count: days })
}

interface Props {
  label: string
  days: number | null | undefined
  onChange(days: number | undefined): void
}

export function DaysSelect({ label, days, onChange }: Props) {
  // Something else may have been set by a program.
  const all = days == null || CHOICES.includes(days) ? CHOICES : [days, ...CHOICES]
  return (
    <Select
      label={label}
      className="min-w-32"
      value={String(days ?? FOREVER)}
      onChange={(value) => onChange(value === FOREVER ? undefined : Number(value))}
      options={[
        { value: FOREVER, label: t('retention.forever') },
        ...all.map((each) => ({ value: String(each), label: daysName(each) })),
      ]}
    />
  )
}
