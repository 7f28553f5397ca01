// Short notes about what happened elsewhere, with undo. `toast(...)` may be called from anywhere.

import { Toast as Base } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { t } from '../i18n'
import { Button, IconButton } from './Button'

export interface ToastOptions {
  title: string
  description?: string
  /** One action, such as undo. */
  action?: { label: string; run(): void }
  /** `error` is announced at once and stays longer. */
  kind?: 'note' | 'error'
}

const manager = Base.createToastManager()

/** Shows a toast; returns its id for `closeToast`. */
export function toast(options: ToastOptions): string {
  const id: string = manager.add({
    title: options.title,
    description: options.description,
    type: options.kind ?? 'note',
    priority: options.kind === 'error' ? 'high' : 'low',
    timeout: options.kind === 'error' ? 10_000 : 6_000,
    actionProps: options.action && {
      children: options.action.label,
      onClick: () => {
        options.action?.run()
        manager.close(id)
      },
    },
  })
  return id
}

export function closeToast(id: string): void {
  manager.close(id)
}

/** Put once at the end of the app. */
export function Toaster() {
  return (
    <Base.Provider toastManager={manager} limit={3}>
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-4 left-4 z-50 ml-auto flex max-w-sm flex-col gap-2 max-md:bottom-18">
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

function Toasts() {
  const { toasts } = Base.useToastManager()
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
