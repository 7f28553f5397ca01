// A window over the page. Focus goes in, is kept in, and returns to where it was.

import { AlertDialog } from '@base-ui/react/alert-dialog'
import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useRef } from 'react'
import { t } from '../../i18n'
import { Button, IconButton } from '../Button'
import { cx } from '../class'
import type { ConfirmProps, DialogProps } from '../Dialog'

const widths = { sm: 'max-w-md', md: 'max-w-xl', lg: 'max-w-3xl' }
const backdrop =
  'fixed inset-0 z-40 bg-veil transition-opacity duration-(--calm) data-ending-style:opacity-0 data-starting-style:opacity-0'
const frame =
  'popup fixed left-1/2 top-[12vh] z-40 flex max-h-[80dvh] w-[calc(100vw-24px)] -translate-x-1/2 flex-col'

const FIELDS = 'input:not([type=hidden]), textarea, select, [role=combobox]'

export function Dialog(props: DialogProps) {
  const popup = useRef<HTMLDivElement>(null)
  const { open, onOpenChange, title, description, children, footer, width = 'sm' } = props
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={backdrop} />
        <Base.Popup
          ref={popup}
          initialFocus={props.initialFocus ?? ((opened) => firstFocus(popup.current, opened))}
          className={cx(frame, widths[width])}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-1">
            <div className="min-w-0 flex-1">
              <Base.Title className="font-semibold text-lg">{title}</Base.Title>
              {description && (
                <Base.Description className="mt-0.5 text-sm text-soft">
                  {description}
                </Base.Description>
              )}
            </div>
            <Base.Close
              render={
                <IconButton label={t('common.close')} className="-mr-2 -mt-1">
                  <X size={16} />
                </IconButton>
              }
            />
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-2 pb-4">{children}</div>
          {footer && (
            <footer className="flex items-center justify-end gap-2 border-t px-5 py-3">
              {footer}
            </footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** The first field; else the main button, the last one; else the window itself. */
function firstFocus(popup: HTMLElement | null, opened: string) {
  // A finger would raise the keyboard over what is to be read first.
  if (!popup || opened === 'touch') return popup
  const field = popup.querySelector<HTMLElement>(`:is(${FIELDS}):not(:disabled)`)
  const buttons = popup.querySelectorAll<HTMLElement>('footer button:not(:disabled)')
  return field ?? buttons[buttons.length - 1] ?? popup
}

/** Asks before something that cannot be undone. */
export function Confirm(props: ConfirmProps) {
  return (
    <AlertDialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={backdrop} />
        <AlertDialog.Popup className={cx(frame, 'max-w-md p-5')}>
          <AlertDialog.Title className="font-semibold text-lg">{props.title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1 text-soft">
            {props.description}
          </AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Close render={<Button>{t('common.cancel')}</Button>} />
            <AlertDialog.Close
              render={
                <Button variant={props.danger ? 'danger' : 'primary'} onClick={props.onConfirm}>
                  {props.action}
                </Button>
              }
            />
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
