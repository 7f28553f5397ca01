// The space that a channel or project is in, or none: one of those that the reader is in.

import { t } from '../../i18n'
import { useOwnSpaces, useSpaces } from '../../model/space'
import { Field } from '../../ui/Field'
import { Select } from '../../ui/Select'
import { SpaceMark } from './SpaceMark'

interface Props {
  value: string | null
  onChange(value: string | null): void
  /** It is public in a closed space, and stays there. */
  stays?: boolean
  error?: string | undefined
}

export function SpaceField({ value, onChange, stays = false, error }: Props) {
  const own = useOwnSpaces()
  const spaces = useSpaces().filter(
    ({ id, archived }) => id === value || (own.has(id) && !archived),
  )
  const isClosed = spaces.find(({ id }) => id === value)?.kind === 'closed'
  if (spaces.length === 0) return null
  const hint = stays ? 'space.field_stays' : isClosed ? 'space.field_closed' : undefined
  return (
    <Field label={t('space.field')} hint={hint && t(hint)} error={error} optional>
      <Select
        value={value ?? ''}
        disabled={stays}
        onChange={(next) => onChange(next || null)}
        options={[
          { value: '', label: t('space.field_none') },
          ...spaces.map((space) => ({
            value: space.id,
            label: space.name,
            icon: <SpaceMark space={space} size={16} />,
          })),
        ]}
      />
    </Field>
  )
}
