// Picks the moment to be reminded of a message, in the reader's time zone.

import { t } from '../../i18n'
import { MomentDialog } from './MomentDialog'
import { remind } from './remind'

interface Props {
  message: string
  onClose(): void
}

export function RemindDialog({ message, onClose }: Props) {
  return (
    <MomentDialog
      title={t('inbox.remind')}
      label={t('inbox.remind_title')}
      save={t('common.save')}
      onChoose={(at) => remind(message, at)}
      onClose={onClose}
    />
  )
}
