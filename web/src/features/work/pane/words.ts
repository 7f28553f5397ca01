// The sentence of an activity line.

import { type Key, t } from '../../../i18n'
import type { Activity } from '../logic/history'

/** `Li moved this from To do to In progress`. */
export function activityText(line: Activity, name: string): string {
  return t(`work.activity_${line.key}` as Key, { name, ...line.values })
}
