/** Chooses a day, such as the one on which work is to begin. */
import { Popover } from '@base-ui/react/popover'
import { TriangleAlert, X } from 'lucide-react'
import { t } from '../../../i18n'
import { useMe } from '../../../model/member'
import { dayOf, todayIn } from '../logic/due'
import { dueWords } from './DuePicker'
import { Month } from './Month'
import { PickerButton, type PickerProps } from './Picker'

interface Props {
  value: string | null
  /** A day, or null for none. */
  onChange: (start: string | null) => void
  /** What the line says that takes it away. */
  clear?: string
}

/** A button with a calendar. */
export function StartPicker({ value, onChange, clear, ...button }: Props & PickerProps) {
  const today = todayIn(useMe().time_zone, new Date())
  return (
    <PickerButton
      {...button}
      popup={(anchor, close) => {
        const choose = (start: string | null) => {
          onChange(start)
          close()
        }
        return (
          <Popover.Root open onOpenChange={(open) => !open && close()}>
            <Popover.Portal>
              <Popover.Positioner anchor={anchor} align="start" sideOffset={4} className="z-50">
                <Popover.Popup aria-label={button.label} className="popup w-64 p-2">
                  <Month day={value} today={today} onChoose={choose} />
                  {value && (
                    <button
                      type="button"
                      className="mt-1 flex h-8 w-full items-center gap-2 rounded-md px-2 text-sm
                        text-soft hover:bg-hover"
                      onClick={() => choose(null)}
                    >
                      <X size={14} aria-hidden />
                      {clear ?? t('work.start_clear')}
                    </button>
                  )}
                </Popover.Popup>
              </Popover.Positioner>
            </Popover.Portal>
          </Popover.Root>
        )
      }}
    />
  )
}

/** The day in words; with a warning where the task is due before it begins. */
export function StartText({ start, due }: { start: string; due?: string | null }) {
  const zone = useMe().time_zone
  const late = !!due && dayOf(due, zone) < start
  return (
    <span className="flex items-center gap-1.5 whitespace-nowrap">
      {dueWords(start, zone)}
      {late && (
        <span
          title={t('work.start_late')}
          className="inline-flex items-center gap-1 text-blocked text-xs"
        >
          <TriangleAlert size={14} aria-hidden />
          <span className="sr-only">{t('work.start_late')}</span>
        </span>
      )}
    </span>
  )
}
