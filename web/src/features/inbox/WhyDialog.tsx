// Why the reader was told of something, or was not, in one sentence and with what to do about it.

import { useEffect, useState } from 'react'
import { go, settingsHref } from '../../app/place'
import { errorText, t } from '../../i18n'
import { formatWhen } from '../../i18n/format'
import { loadWhy, loadWhyOf } from '../../model/notification'
import { type Failure, Refused } from '../../model/pending'
import type { Mailed, Pushed, Why } from '../../protocol'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Skeleton } from '../../ui/Skeleton'
import { deviceName } from '../settings/device'

interface Props {
  /** Of a message, or of a notification. */
  about: { message: string } | { notification: string }
  onClose(): void
}

/** What was said just now is looked into by then. */
const AGAIN_MS = 1_000

export function WhyDialog({ about, onClose }: Props) {
  const [why, setWhy] = useState<Why>()
  const [failure, setFailure] = useState<Failure>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is opened for one thing
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const ask = () => {
      const load = 'message' in about ? loadWhy(about.message) : loadWhyOf(about.notification)
      load.then(
        (found) => {
          setWhy(found)
          if (found.because === 'pending') timer = setTimeout(ask, AGAIN_MS)
        },
        (error: unknown) => {
          if (error instanceof Refused) setFailure(error.failure)
        },
      )
    }
    ask()
    return () => clearTimeout(timer)
  }, [])
  const title = why?.notified === false ? t('inbox.why_not') : t('inbox.why')
  const settings = () => {
    onClose()
    go(settingsHref('notifications'))
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      footer={
        <>
          <Button onClick={settings}>{t('inbox.open_settings')}</Button>
          <Button variant="primary" onClick={onClose}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      {failure && <p role="alert">{errorText(failure.code)}</p>}
      {!why && !failure && <Skeleton className="h-5 w-full" />}
      {why && <p>{sentence(why)}</p>}
      {why?.notification?.quiet && <p className="mt-2 text-soft">{t('inbox.why_quiet')}</p>}
      <Pushes pushes={why?.pushes ?? []} />
      {why?.mail && <ByMail mail={why.mail} />}
    </Dialog>
  )
}

/** What became of it on each of the reader's devices that is pushed to. */
function Pushes({ pushes }: { pushes: readonly Pushed[] }) {
  if (pushes.length === 0) return null
  return (
    <dl className="mt-4 flex flex-col gap-2 border-line border-t pt-3 text-sm">
      {pushes.map(({ session, device, outcome }) => (
        <div key={session}>
          <dt className="font-medium">
            {device ? deviceName(device) : t('inbox.push_device_gone')}
          </dt>
          <dd className="text-soft">{t(`inbox.push_${outcome}`)}</dd>
        </div>
      ))}
    </dl>
  )
}

function ByMail({ mail: { outcome, at } }: { mail: Mailed }) {
  return (
    <dl className="mt-4 border-line border-t pt-3 text-sm">
      <dt className="font-medium">{t('inbox.mail_title')}</dt>
      <dd className="text-soft">{t(`inbox.mail_${outcome}`, { when: formatWhen(at) })}</dd>
    </dl>
  )
}

function sentence(why: Why): string {
  const detail = why.notification?.detail
  if (why.because === 'keyword' && detail) return t('inbox.because_keyword_of', { keyword: detail })
  if (why.because === 'group_mention' && detail) {
    return t('inbox.because_group_mention_of', { group: detail })
  }
  return t(`inbox.because_${why.because}`)
}
