// Says quietly that there is no connection and what waits; nothing while all is well. Shown only
// if it lasts, so that a short drop disturbs nobody.

import { CloudOff, RefreshCw } from 'lucide-react'
import { useEffect, useState } from 'react'
import { t } from '../../i18n'
import { type Connection, useConnection } from '../../model/connection'
import { Button } from '../../ui/Button'
import { Spinner } from '../../ui/Spinner'

/** A drop shorter than this is not told. */
const PATIENCE_MS = 1_200

export function ConnectionLine() {
  const connection = useConnection()
  const isShown = useLasting(connection.state !== 'online')
  return (
    <>
      <output aria-live="polite" className="sr-only">
        {isShown ? words(connection) : ''}
      </output>
      {isShown && (
        <div
          aria-hidden="true"
          className="flex h-7 shrink-0 items-center border-b
            justify-center gap-2 bg-sunken px-3 text-soft text-sm"
        >
          {connection.state === 'connecting' ? <Spinner size={12} /> : <CloudOff size={14} />}
          <span className="truncate">{words(connection)}</span>
        </div>
      )}
      {connection.outdated && (
        <div
          className="flex shrink-0 items-center justify-center gap-3 border-b bg-accent-soft px-3
            py-1 text-sm"
        >
          {t('shell.outdated')}
          <Button
            size="sm"
            icon={<RefreshCw size={14} aria-hidden="true" />}
            onClick={() => location.reload()}
          >
            {t('common.reload')}
          </Button>
        </div>
      )}
    </>
  )
}

function words({ state, pending }: Connection): string {
  if (state === 'connecting') return t('shell.connecting')
  return pending > 0 ? t('shell.offline_pending', { count: pending }) : t('shell.offline')
}

function useLasting(isDown: boolean): boolean {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    if (!isDown) return setLong(false)
    const timer = setTimeout(() => setLong(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [isDown])
  return isDown && isLong
}
