// Sends, now or later: the button, and beside it the moments to choose from.

import { ChevronDown, SendHorizontal } from 'lucide-react'
import { Suspense, useState } from 'react'
import { t } from '../../../i18n'
import { formatWhen } from '../../../i18n/format'
import { useMe } from '../../../model/member'
import { IconButton } from '../../../ui/Button'
import { lazily } from '../../../ui/lazily'
import { Menu, MenuItem, MenuLine } from '../../../ui/Menu'
import { sendChoices } from '../../inbox/logic/later'

const MomentDialog = lazily(async () => (await import('../../inbox/MomentDialog')).MomentDialog)

interface Props {
  label: string
  sendable: boolean
  onSend(): void
  /** Absent: what is written here goes at once. */
  onSchedule: ((at: Date) => void) | undefined
  /** The menu of moments. */
  open: boolean
  onOpenChange(open: boolean): void
}

export function SendButton(props: Props) {
  const { label, sendable, onSend, onSchedule, open, onOpenChange } = props
  const [choosing, setChoosing] = useState(false)
  const variant = sendable ? 'primary' : 'ghost'
  return (
    <span className="flex items-center gap-px">
      <IconButton
        size="sm"
        variant={variant}
        label={label}
        shortcut="Enter"
        disabled={!sendable}
        className={onSchedule ? 'w-8 rounded-r-none max-md:size-8' : 'w-8 max-md:size-8'}
        // Keeps the keyboard of a phone open.
        onPointerDown={(event) => event.preventDefault()}
        onClick={onSend}
      >
        <SendHorizontal size={16} aria-hidden />
      </IconButton>
      {onSchedule && (
        <Menu
          side="top"
          align="end"
          className="min-w-60"
          open={open}
          onOpenChange={onOpenChange}
          trigger={
            <IconButton
              size="sm"
              variant={variant}
              label={t('draft.later')}
              shortcut="Mod+Shift+Enter"
              disabled={!sendable}
              className="w-6 rounded-l-none max-md:h-8 max-md:w-7"
            >
              <ChevronDown size={14} aria-hidden />
            </IconButton>
          }
        >
          <ScheduleItems onChoose={onSchedule} onCustom={() => setChoosing(true)} />
        </Menu>
      )}
      {choosing && onSchedule && (
        <Suspense>
          <MomentDialog
            title={t('draft.later')}
            label={t('draft.when')}
            save={t('draft.schedule')}
            onChoose={onSchedule}
            onClose={() => setChoosing(false)}
          />
        </Suspense>
      )}
    </span>
  )
}

interface ItemsProps {
  onChoose(at: Date): void
  onCustom(): void
}

/** The moments that a message is sent at, in a menu. */
export function ScheduleItems({ onChoose, onCustom }: ItemsProps) {
  const zone = useMe().time_zone
  return (
    <>
      {sendChoices(new Date(), zone).map(({ id, at }) => (
        <MenuItem key={id} onClick={() => onChoose(at)}>
          <span className="flex gap-3">
            <span className="flex-1">{t(`draft.later_${id}`)}</span>
            <span className="text-faint tabular-nums">{formatWhen(at)}</span>
          </span>
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem onClick={onCustom}>{t('draft.later_custom')}</MenuItem>
    </>
  )
}
