// Keeps a message with a reminder, and says when it comes back. Called by menus and the dialog.

import { t } from '../../i18n'
import { formatWhen } from '../../i18n/format'
import { failureText } from '../../model/pending'
import { saveMessage } from '../../model/saved'
import { toast } from '../../ui/Toast'

/** Keeps the message and says when it comes back. */
export function remind(message: string, at: Date): void {
  saveMessage(message, at).settled.then(
    () => toast({ title: t('inbox.reminded_toast', { when: formatWhen(at) }) }),
    (failure: Error) => toast({ title: failureText(failure), kind: 'error' }),
  )
}
