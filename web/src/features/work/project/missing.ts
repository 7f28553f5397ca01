// Says which parts of a starter could not be made; the rest is there.

import { t } from '../../../i18n'
import { formatList } from '../../../i18n/format'
import { toast } from '../../../ui/Toast'

export function tellMissing(names: readonly string[]): void {
  if (names.length === 0) return
  toast({
    kind: 'error',
    title: t('starter.missing', { names: formatList(names) }),
    description: t('starter.missing_hint'),
  })
}
