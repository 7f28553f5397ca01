// Sends what is in a composer later, and says when; or says why not, and the words stay.

import { go, scheduledHref } from '../../../app/place'
import { t } from '../../../i18n'
import { formatWhen } from '../../../i18n/format'
import type { Carried, Destination } from '../../../model/message'
import { failureText } from '../../../model/pending'
import { scheduleMessage } from '../../../model/scheduled'
import { toast } from '../../../ui/Toast'

/** Whether it was taken. */
export async function schedule(
  to: Destination,
  text: string,
  at: Date,
  carried: Carried = {},
): Promise<boolean> {
  try {
    await scheduleMessage(to, text, at, carried)
  } catch (failure) {
    toast({ title: failureText(failure as Error), kind: 'error' })
    return false
  }
  const show = { label: t('draft.show'), run: () => go(scheduledHref) }
  toast({ title: t('draft.scheduled_toast', { when: formatWhen(at) }), action: show })
  return true
}
