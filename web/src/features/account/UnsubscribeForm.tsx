import { useState } from 'react'
import { errorText, t } from '../../i18n'
import { stopMail } from '../../model/mail'
import { type Failure, Refused } from '../../model/pending'
import { Button } from '../../ui/Button'
import { FormError } from './person'

/** What the link in a mail leads to: asks, so that programs that look at links stop nothing. */
export function UnsubscribeForm({ link }: { link: string }) {
  const [state, setState] = useState<'asked' | 'busy' | 'done'>('asked')
  const [failure, setFailure] = useState<Failure>()
  const stop = async () => {
    setState('busy')
    setFailure(undefined)
    try {
      await stopMail(link)
      setState('done')
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setFailure(error.failure)
      setState('asked')
    }
  }
  if (failure?.code === 'not_found') {
    return (
      <Note title={t('account.unsubscribe_gone')} hint={t('account.unsubscribe_gone_hint')}>
        <Home />
      </Note>
    )
  }
  if (state === 'done') {
    return (
      <Note title={t('account.unsubscribed')} hint={t('account.unsubscribed_hint')}>
        <Home />
      </Note>
    )
  }
  return (
    <Note title={t('account.unsubscribe')} hint={t('account.unsubscribe_hint')}>
      <FormError text={failure && errorText(failure.code)} />
      <Button variant="primary" size="lg" busy={state === 'busy'} onClick={() => void stop()}>
        {t('account.unsubscribe_do')}
      </Button>
    </Note>
  )
}

interface NoteProps {
  title: string
  hint: string
  children: React.ReactNode
}

function Note({ title, hint, children }: NoteProps) {
  return (
    <div className="flex flex-col gap-4" role="status">
      <div>
        <h1 className="font-semibold text-xl">{title}</h1>
        <p className="mt-1 text-soft">{hint}</p>
      </div>
      {children}
    </div>
  )
}

function Home() {
  return <Button onClick={() => location.assign('/')}>{t('account.go_tenon')}</Button>
}
