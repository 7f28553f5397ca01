// What stands before the frame: starting, a server that cannot be reached, signing in.

import { Suspense } from 'react'
import { t } from '../i18n'
import { reconnect } from '../model/session'
import { Button } from '../ui/Button'
import { Empty } from '../ui/Empty'
import { lazily } from '../ui/lazily'
import { Spinner } from '../ui/Spinner'

const Account = lazily(async () => (await import('../features/account/AccountPage')).AccountPage)

export function AccountPage() {
  return (
    <Suspense>
      <Account />
    </Suspense>
  )
}

export function Starting() {
  return (
    <div className="late flex h-full items-center justify-center gap-2 text-faint" role="status">
      <Spinner />
      {t('shell.starting')}
    </div>
  )
}

export function Unreachable() {
  return (
    <Empty
      title={t('shell.unreachable')}
      hint={t('shell.unreachable_hint')}
      action={
        <Button variant="primary" onClick={reconnect}>
          {t('common.retry')}
        </Button>
      }
    />
  )
}
