// What a control is for, said before what it shows, for assistive technology: "State: Done". Unlike
// an aria-label it leaves the words that everybody sees in the control's name.

import { t } from '../i18n'

/** Inside a control that is positioned (`relative`). */
export function Named({ label }: { label: string }) {
  return <span className="sr-only">{t('common.named', { label })}</span>
}
