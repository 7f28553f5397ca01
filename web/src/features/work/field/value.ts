// How values of custom fields read in this language.

import { language, t } from '../../../i18n'
import { formatList } from '../../../i18n/format'
import type { Member } from '../../../protocol'
import type { ValueNames } from '../logic/fields'
import { dueWords } from '../pickers'

export function valueNames(members: readonly Member[], zone: string): ValueNames {
  return {
    member: (id) => members.find((member) => member.id === id)?.name ?? t('common.unknown_member'),
    day: (day) => dueWords(day, zone),
    number: numberText,
    list: formatList,
  }
}

/** With signs between thousands, and every digit that is kept. */
export function numberText(value: number): string {
  return new Intl.NumberFormat(language(), { maximumFractionDigits: 6 }).format(value)
}
