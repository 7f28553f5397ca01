// Draws the toasts. Put once at the end of the app; a chunk of its own.

import { Toast as Base } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { t } from '../i18n'
import { Button, IconButton } from './Button'
import { manager, startToasts } from './Toast'

export function Toaster() {
  return (
    <Base.Provider toastManager={manager} limit={3}>
      <Base.Portal>
        <Base.Viewport
          className="fixed right-4 bottom-4 left-4 z-50 ml-auto flex max-w-sm flex-col gap-2
            max-md:bottom-18"
        >
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

function Toasts() {
  const { toasts } = Base.useToastManager()
  useEffect(startToasts, [])
  return toasts.map((each) => (
    <Base.Root key={each.id} toast={each} className="popup flex items-center gap-2 py-2 pr-2 pl-3">
      <Base.Content className="min-w-0 flex-1">
        <Base.Title className="font-medium" />
        <Base.Description className="text-sm text-soft" />
      </Base.Content>
      {each.actionProps && (
        <Base.Action render={<Button size="sm" variant="ghost" className="text-accent-ink" />} />
      )}
      <Base.Close
        render={
          <IconButton label={t('common.dismiss')} size="sm">
            <X size={14} />
          </IconButton>
        }
      />
    </Base.Root>
  ))
}
