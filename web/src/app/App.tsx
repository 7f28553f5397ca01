// Around everything: the language (a change renders anew), tooltips, toasts, the router, and the
// page that is shown when rendering failed.

import { RouterProvider } from '@tanstack/react-router'
import { Component, type ReactNode } from 'react'
import { t, useLanguage } from '../i18n'
import { Button } from '../ui/Button'
import { Empty } from '../ui/Empty'
import { Toaster } from '../ui/Toast'
import { TooltipProvider } from '../ui/Tooltip'
import { router } from './router'

export function App() {
  const language = useLanguage()
  return (
    <Guard>
      <TooltipProvider delay={450} closeDelay={0} timeout={300}>
        <RouterProvider key={language} router={router} />
        <Toaster />
      </TooltipProvider>
    </Guard>
  )
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
