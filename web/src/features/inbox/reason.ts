// Why one is told, in a few words. Called by rows and by what pops up.

import { errorText, t } from '../../i18n'
import type { ErrorCode, Notification } from '../../protocol'

/** What it is, after the name of who did it. */
export function reasonText({ reason, detail }: Notification): string {
  if (reason === 'task_state' && detail) return t('inbox.reason_task_state_to', { state: detail })
  if (reason === 'group_mention' && detail)
    return t('inbox.reason_group_mention_of', { group: detail })
  if (reason === 'keyword' && detail) return t('inbox.reason_keyword_of', { keyword: detail })
  if (reason === 'not_sent' && detail) {
    return t('inbox.reason_not_sent_because', { why: refusedText(detail as ErrorCode) })
  }
  return t(`inbox.reason_${reason}`)
}

/** Why a scheduled message was refused. One who was deactivated hears of it when they are back. */
export function refusedText(code: ErrorCode): string {
  return code === 'unauthenticated' ? t('draft.was_inactive') : errorText(code)
}
