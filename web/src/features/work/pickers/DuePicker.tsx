/** Chooses a due date: the near days, any day of a calendar, a time if wanted. */
import { Popover } from '@base-ui/react/popover'
import clsx from 'clsx'
import { Clock, X } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { language, t } from '../../../i18n'
import { useMe } from '../../../model/member'
import {
  addDays,
  dayOf,
  dayWords,
  dueBucket,
  instantOf,
  nearDay,
  nextMonday,
  timeOf,
  todayIn,
} from '../logic/due'
import { Month } from './Month'
import { PickerButton, type PickerProps } from './Picker'

interface Props {
  value: string | null
  /** A day, a point in time, or null for none. */
  onChange: (due: string | null) => void
}

/** A button with near days, a calendar and a time. */
export function DuePicker({ value, onChange, ...button }: Props & PickerProps) {
  return (
    <PickerButton
      {...button}
      popup={(anchor, close) => (
        <DueCalendar anchor={anchor} value={value} onChange={onChange} onClose={close} />
      )}
    />
  )
}

type Anchor = ComponentProps<typeof Popover.Positioner>['anchor']

/** The calendar alone, for an anchor that is no picker button. */
export function DueCalendar(props: Props & { anchor: Anchor; onClose: () => void }) {
  const { value, onChange, onClose, anchor } = props
  const zone = useMe().time_zone
  const today = todayIn(zone, new Date())
  const day = value ? dayOf(value, zone) : null
  const [time, setTime] = useState(value ? timeOf(value, zone) : null)
  const choose = (chosen: string) => {
    onChange(time ? instantOf(chosen, time, zone) : chosen)
    onClose()
  }
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} align="start" sideOffset={4} className="z-50">
          <Popover.Popup aria-label={t('work.due')} className="popup w-64 p-2">
            <NearDays today={today} day={day} onChoose={choose} />
            <Month day={day} today={today} onChoose={choose} />
            <TimeLine
              time={time}
              onChange={(next) => {
                setTime(next)
                if (day) onChange(next ? instantOf(day, next, zone) : day)
              }}
            />
            {value && (
              <button
                type="button"
                className="mt-1 flex h-8 w-full items-center gap-2 rounded-md px-2 text-sm
                  text-soft hover:bg-hover"
                onClick={() => {
                  onChange(null)
                  onClose()
                }}
              >
                <X size={14} aria-hidden />
                {t('work.due_clear')}
              </button>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

interface NearProps {
  today: string
  day: string | null
  onChoose: (day: string) => void
}

function NearDays({ today, day, onChoose }: NearProps) {
  const days = [
    { text: t('work.today'), day: today },
    { text: t('work.tomorrow'), day: addDays(today, 1) },
    { text: t('work.next_week'), day: nextMonday(today) },
  ]
  return (
    <div className="mb-2 grid grid-cols-3 gap-1">
      {days.map((near) => (
        <button
          key={near.text}
          type="button"
          aria-pressed={near.day === day}
          className={clsx(
            'flex flex-col items-center rounded-md border border-line px-1 py-1 hover:bg-hover',
            near.day === day && 'border-accent bg-accent-soft',
          )}
          onClick={() => onChoose(near.day)}
        >
          <span className="text-xs">{near.text}</span>
          <span className="text-2xs text-faint">{dayWords(near.day, today, language())}</span>
        </button>
      ))}
    </div>
  )
}

interface TimeProps {
  time: string | null
  onChange: (time: string | null) => void
}

function TimeLine({ time, onChange }: TimeProps) {
  return (
    <label className="mt-2 flex h-8 items-center gap-2 border-t border-line px-2 pt-2 text-sm">
      <Clock size={14} aria-hidden className="text-faint" />
      <span className="flex-1 text-soft">{t('work.due_time')}</span>
      <input
        type="time"
        value={time ?? ''}
        onChange={(event) => onChange(event.target.value || null)}
        className="h-6 rounded-sm bg-transparent text-sm text-ink"
      />
    </label>
  )
}

/** The words of a due date: `Today`, `Tomorrow 15:00`, `25 Nov`. */
export function dueWords(due: string, zone: string, now = new Date()): string {
  const today = todayIn(zone, now)
  const day = dayOf(due, zone)
  const near = nearDay(day, today)
  const words = near ? t(`work.${near}`) : dayWords(day, today, language())
  const time = timeOf(due, zone)
  return time ? `${words} ${time}` : words
}

/** A due date in words, red once it has passed unless the task is closed. */
export function DueText({ due, closed }: { due: string; closed?: boolean }) {
  const zone = useMe().time_zone
  const bucket = closed ? 'later' : dueBucket(due, zone, new Date())
  return (
    <span
      className={clsx(
        'whitespace-nowrap',
        bucket === 'overdue' && 'text-urgent',
        bucket === 'today' && 'text-blocked',
      )}
    >
      {dueWords(due, zone)}
    </span>
  )
}
