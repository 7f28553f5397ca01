// Where an address leads to nothing that the reader may see; never a hint at which of the two.

import { forgetPlace } from '../features/shell/visited'
import { t } from '../i18n'
import { Button } from '../ui/Button'
import { Empty } from '../ui/Empty'
import { go } from './place'

function leave() {
  // Otherwise `/` would lead here again.
  forgetPlace()
  go('/')
}

/** `title`: what is missing, where that is known. */
export function NotFound({ title = t('common.not_found') }: { title?: string }) {
  return (
    <Empty
      title={title}
      hint={t('common.not_found_hint')}
      action={<Button onClick={leave}>{t('common.home')}</Button>}
    />
  )
}
