// Around everything: the language (a change renders anew), toasts, the router, and the
// page that is shown when rendering failed.

import { RouterProvider } from '@tanstack/react-router'
import { Component, type ReactNode, Suspense, useEffect, useState } from 'react'
import { t, useLanguage } from '../i18n'
import { afterPaint } from '../model/paint'
import { Button } from '../ui/Button'
import { Empty } from '../ui/Empty'
import { lazily } from '../ui/lazily'
import { persistently } from '../ui/persistently'
import { Tips } from '../ui/Tips'
import { router } from './router'

const Toaster = lazily(async () => (await persistently(() => import('../ui/Toaster'))).Toaster)

export function App() {
  const language = useLanguage()
  return (
    <Guard>
      <RouterProvider key={language} router={router} />
      <Tips />
      <Toasts />
    </Guard>
  )
}

/** Nothing is said before the first paint, and what is said then waits for it. */
function Toasts() {
  const [isPainted, setPainted] = useState(false)
  useEffect(() => afterPaint(() => void setPainted(true)), [])
  return <Suspense>{isPainted && <Toaster />}</Suspense>
}

class Guard extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    return this.state.failed ? <Broken /> : this.props.children
  }
}

/** A fault of this program; nothing that was typed is lost. */
export function Broken() {
  return (
    <Empty
      title={t('common.crashed')}
      hint={t('common.crashed_hint')}
      action={
        <Button variant="primary" onClick={() => location.reload()}>
          {t('common.reload')}
        </Button>
      }
    />
  )
}
