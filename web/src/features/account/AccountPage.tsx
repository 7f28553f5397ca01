// The way in: first-run set-up, an invitation, or signing in, whichever the server and the
// address ask for.

import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { language, setLanguage, t } from '../../i18n'
import { loadSetup } from '../../model/session'
import type { SetupStatus } from '../../protocol'
import { Button } from '../../ui/Button'
import { WorkspaceMark } from '../../ui/WorkspaceMark'
import { InvitationForm } from './InvitationForm'
import { ResetForm } from './ResetForm'
import { SetupForm } from './SetupForm'
import { SignInForm } from './SignInForm'
import { UnsubscribeForm } from './UnsubscribeForm'

export function AccountPage() {
  const pathname = useLocation({ select: (location) => location.pathname })
  const [setup, setSetup] = useState<SetupStatus>()
  useEffect(() => {
    loadSetup().then(setSetup, () => setSetup({ needed: false }))
  }, [])
  const secret = /^\/invite\/([^/]+)/.exec(pathname)?.[1]
  const reset = /^\/reset\/([^/]+)/.exec(pathname)?.[1]
  const link = /^\/unsubscribe\/([^/]+)/.exec(pathname)?.[1]
  const signsIn = setup && !link && !reset && !secret && !setup.needed
  return (
    <div className="flex h-full flex-col overflow-y-auto bg-side">
      <main className="m-auto w-full max-w-[400px] px-4 py-10">
        <div className="mb-6 flex items-center gap-2.5">
          <WorkspaceMark logo={setup?.logo} size={32} />
          {setup && !signsIn && (
            <span className="min-w-0 truncate font-semibold text-lg">{setup.name ?? 'Tenon'}</span>
          )}
        </div>
        {setup && (
          <div className="rounded-lg border bg-canvas p-6 shadow-card">
            {link ? (
              <UnsubscribeForm link={link} />
            ) : reset ? (
              <ResetForm secret={reset} />
            ) : secret ? (
              <InvitationForm secret={secret} />
            ) : setup.needed ? (
              <SetupForm />
            ) : (
              <SignInForm
                demo={setup.demo ?? []}
                mails={setup.mails ?? false}
                workspace={setup.name ?? undefined}
              />
            )}
          </div>
        )}
        <LanguageChoice />
      </main>
    </div>
  )
}

function LanguageChoice() {
  const other = language() === 'en' ? 'zh-CN' : 'en'
  return (
    <div className="mt-4 flex justify-center" title={t('shell.language')}>
      <Button variant="ghost" size="sm" lang={other} onClick={() => void setLanguage(other)}>
        {other === 'en' ? 'English' : '中文'}
      </Button>
    </div>
  )
}
