// Among the buttons of the composer: asks a question with options.

import { ListChecks } from 'lucide-react'
import { openDialog } from '../../../app/dialog'
import { t } from '../../../i18n'
import { IconButton } from '../../../ui/Button'

/** `home`: where the poll goes, as `destinationOf` reads it. */
export function PollButton({ home }: { home: string }) {
  return (
    <IconButton
      size="sm"
      label={t('poll.title')}
      className="max-md:size-8"
      onClick={() => openDialog('poll', home)}
    >
      <ListChecks size={16} aria-hidden />
    </IconButton>
  )
}
