// Why one is told, in a few words. Called by rows and by what pops up.

import { t } from '../../i18n'
import type { Notification } from '../../protocol'

/** What it is, after the name of who did it. */
export function reasonText({ reason, detail }: Notification): string {
  if (reason === 'task_state' && detail) return t('inbox.reason_task_state_to', { state: detail })
  if (reason === 'group_mention' && detail)
    return t('inbox.reason_group_mention_of', { group: detail })
  if (reason === 'keyword' && detail) return t('inbox.reason_keyword_of', { keyword: detail })
  return t(`inbox.reason_${reason}`)
}
