import { useMemo } from 'react'
import { language } from '../../i18n'
import { cx } from '../../ui/class'

interface ZoneSelectProps {
  value: string
  onChange(zone: string): void
  id?: string
}

/** All time zones that the browser knows, by region, with their offset of today. */
export function ZoneSelect({ value, onChange, id }: ZoneSelectProps) {
  const groups = useMemo(() => zonesByRegion(value), [value])
  return (
    <select
      id={id}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={cx(
        'h-8 w-full rounded-md border border-line-strong bg-raised px-2 text-ink finger:h-10',
        'hover:border-faint',
      )}
    >
      {[...groups].map(([region, zones]) => (
        <optgroup key={region} label={region}>
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')} ({offsetOf(zone)})
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  )
}

function zonesByRegion(chosen: string): Map<string, string[]> {
  const zones = new Set([chosen, 'UTC', ...Intl.supportedValuesOf('timeZone')])
  const groups = new Map<string, string[]>()
  for (const zone of [...zones].sort()) {
    const region = zone.split('/')[0] ?? zone
    groups.set(region, [...(groups.get(region) ?? []), zone])
  }
  return groups
}

function offsetOf(zone: string): string {
  try {
    const format = new Intl.DateTimeFormat(language(), {
      timeZone: zone,
      timeZoneName: 'shortOffset',
    })
    return format.formatToParts().find(({ type }) => type === 'timeZoneName')?.value ?? ''
  } catch {
    return ''
  }
}
