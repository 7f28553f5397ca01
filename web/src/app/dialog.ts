// Which window over the page is open: opened from anywhere (side bar, palette, keys), drawn by
// the slots `ChannelDialogs`, `ProjectDialogs` and `Palette` of `pages.tsx`.

import { useSyncExternalStore } from 'react'

export type DialogName =
  | 'create-channel'
  | 'browse-channels'
  | 'new-direct'
  | 'section'
  | 'status'
  | 'starter'
  | 'create-project'
  | 'new-task'
  | 'poll'
  | 'palette'
  | 'shortcuts'

/** An open dialog; `about` is what it concerns: the project of a new task, `space:ID`, the place
 * where a poll goes. */
export interface OpenDialog {
  name: DialogName
  about?: string
}

let current: OpenDialog | undefined
const listeners = new Set<() => void>()

export function openDialog(name: DialogName, about?: string): void {
  show({ name, about })
}

export function closeDialog(): void {
  show(undefined)
}

/** The dialog that is open, if any. */
export function useDialog(): OpenDialog | undefined {
  return useSyncExternalStore(subscribe, () => current)
}

/** Whether this one is open, and what to do when it changes: the props of a Dialog. */
export function useDialogProps(name: DialogName) {
  const dialog = useDialog()
  return {
    open: dialog?.name === name,
    onOpenChange: (open: boolean) => (open ? openDialog(name) : closeDialog()),
  }
}

/** The space that the open dialog is to put something into. */
export function useSpaceOfDialog(): string | null {
  const [kind, id] = useDialog()?.about?.split(':') ?? []
  return kind === 'space' && id ? id : null
}

function show(next: OpenDialog | undefined): void {
  current = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
