// When the reader works: days of the week and two times, in their time zone.

import { t } from '../../i18n'
import { formatWeekday } from '../../i18n/format'
import { updateMember, useMe } from '../../model/member'
import type { WorkingHours } from '../../protocol'
import { Checkbox, Field, Switch } from '../../ui/Field'
import { Clock } from './NotificationsPage'
import { Part } from './Part'

const USUAL: WorkingHours = { days: [1, 2, 3, 4, 5], from_minutes: 540, until_minutes: 1080 }
const NONE: WorkingHours = { days: [], from_minutes: 0, until_minutes: 0 }
const WEEK = [1, 2, 3, 4, 5, 6, 7]

export function HoursPart() {
  const me = useMe()
  const hours = me.working_hours
  const set = (working_hours: WorkingHours) => updateMember(me.id, { working_hours })
  return (
    <Part
      title={t('status.hours')}
      hint={t('status.hours_hint', { zone: me.time_zone.replaceAll('_', ' ') })}
    >
      <div className="flex flex-col gap-3">
        <Switch
          label={t('status.hours_switch')}
          checked={!!hours}
          onChange={(next) => set(next ? USUAL : NONE)}
        />
        {hours && (
          <>
            <fieldset className="flex flex-wrap gap-x-4 gap-y-2">
              <legend className="mb-1 font-medium text-sm">{t('status.hours_days')}</legend>
              {WEEK.map((day) => (
                <Checkbox
                  key={day}
                  label={formatWeekday(day)}
                  checked={hours.days.includes(day)}
                  // Without a day they would be none.
                  disabled={hours.days.length === 1 && hours.days[0] === day}
                  onChange={(on) => {
                    const others = hours.days.filter((each) => each !== day)
                    set({ ...hours, days: on ? [...others, day] : others })
                  }}
                />
              ))}
            </fieldset>
            <div className="grid grid-cols-2 gap-3">
              <Field label={t('settings.quiet_from')}>
                <Clock
                  minutes={hours.from_minutes}
                  onChange={(from_minutes) => set({ ...hours, from_minutes })}
                />
              </Field>
              <Field label={t('settings.quiet_until')}>
                <Clock
                  minutes={hours.until_minutes}
                  onChange={(until_minutes) => set({ ...hours, until_minutes })}
                />
              </Field>
            </div>
          </>
        )}
      </div>
    </Part>
  )
}
