// A part of a form in which people are chosen, none of them needed.

import { t } from '../../i18n'
import { PeopleField } from '../chat/channel/PeopleField'

interface Props {
  label: string
  hint?: string
  value: readonly string[]
  /** Ids that cannot be chosen. */
  without: readonly string[]
  /** Limit: how many may be chosen. */
  most: number
  onChange(people: string[]): void
}

export function PeopleChoice({ label, hint, ...field }: Props) {
  return (
    <div className="flex flex-col gap-1">
      <span className="font-medium text-sm">
        {label}
        <span className="ml-1.5 font-normal text-faint">{t('common.optional')}</span>
      </span>
      <PeopleField label={label} {...field} />
      {hint && <p className="text-faint text-sm">{hint}</p>}
    </div>
  )
}
