// A change of a task that the server refused, said where the person is.

import { errorText, t } from '../../i18n'
import { Refused } from '../../model/pending'
import { toast } from '../../ui/Toast'

export function errorToast(failure: unknown): void {
  if (!(failure instanceof Refused)) return
  const { code, message } = failure.failure
  // The way round in a circle is in the server's words alone.
  const way = code === 'cyclic_link' ? /: (.+);/.exec(message)?.[1] : undefined
  toast({ title: way ? t('work.link_circle', { way }) : errorText(code) })
}
