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

let made = 0
/** Until the toaster is there: nobody would hear of them. */
let waiting: { id: string; show(): void }[] | undefined = []

/** Shows what was said before the toaster was there. */
export function startToasts(): void {
  const early = waiting ?? []
  waiting = undefined
  for (const { show } of early) show()
}

/** Shows a toast; returns its id for `closeToast`. */
export function toast(options: ToastOptions): string {
  made += 1
  const id = `toast-${made}`
  const show = () => add(id, options)
  if (waiting) waiting.push({ id, show })
  else show()
  return id
}

function add(id: string, options: ToastOptions): void {
  manager.add({
    id,
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
}

export function closeToast(id: string): void {
  waiting = waiting?.filter((each) => each.id !== id)
  manager.close(id)
}
