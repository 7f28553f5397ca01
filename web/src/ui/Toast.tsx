// Short notes about what happened elsewhere, with undo. `toast(...)` may be called from anywhere;
// `Toaster` draws them.

import { Toast as Base } from '@base-ui/react/toast'

export interface ToastOptions {
  title: string
  description?: string
  /** One action, such as undo. */
  action?: { label: string; run(): void }
  /** `error` is announced at once and stays longer. */
  kind?: 'note' | 'error'
}

export const manager = Base.createToastManager()

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
