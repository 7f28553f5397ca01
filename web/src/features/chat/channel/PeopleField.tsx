// Chooses several people in a dialog: found by name, handle or pinyin.

import { useMemo } from 'react'
import { t } from '../../../i18n'
import { useMembers } from '../../../model/member'
import type { Member } from '../../../protocol'
import { Avatar } from '../../../ui/Avatar'
import { type Choice, ChoiceField } from './ChoiceField'

interface Props {
  value: readonly string[]
  onChange(value: string[]): void
  label: string
  /** Ids that cannot be chosen. */
  without?: readonly string[] | undefined
  /** Limit: how many may be chosen. */
  most?: number
  autoFocus?: boolean
  /** Enter with nothing typed. */
  onEnter?(): void
}

interface Person extends Choice {
  member: Member
}

const NOBODY: readonly string[] = []

export function PeopleField(props: Props) {
  const { value, onChange, label, without = NOBODY, most = 500, autoFocus, onEnter } = props
  const members = useMembers()
  const choices = useMemo(() => members.map(personOf), [members])
  const hidden = useMemo(() => {
    const inactive = members.filter(({ active }) => !active).map(({ id }) => id)
    return [...inactive, ...without]
  }, [members, without])
  return (
    <ChoiceField<Person>
      value={value}
      onChange={onChange}
      label={label}
      placeholder={t('chat.people_search')}
      none={t('chat.nobody_found')}
      choices={choices}
      without={hidden}
      mark={({ member }, size) => <Avatar member={member} size={size} />}
      most={most}
      autoFocus={autoFocus}
      onEnter={onEnter}
    />
  )
}

function personOf(member: Member): Person {
  const { id, name, handle, title } = member
  return { id, name, detail: title || `@${handle}`, words: [handle], member }
}
