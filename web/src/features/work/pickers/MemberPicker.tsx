/** Chooses people by name, handle or pinyin: one, or several. Oneself first. */
import { useMemo } from 'react'
import { t } from '../../../i18n'
import { useMe, useMembers } from '../../../model/member'
import type { Member } from '../../../protocol'
import { Avatar } from '../../../ui/Avatar'
import { type Option, PickerButton, PickerList, type PickerProps } from './Picker'

interface Props {
  value: readonly string[]
  multiple?: boolean
  /** Ids that stand first: who is in the project or was mentioned. */
  first?: readonly string[]
  /** Ids that cannot be chosen: who is in already. */
  without?: readonly string[]
  onChange: (members: string[]) => void
}

/** A button with a list of people. */
export function MemberPicker(props: Props & PickerProps) {
  const { value, multiple, first, without, onChange, ...button } = props
  return (
    <PickerButton
      {...button}
      popup={(anchor, close) => <MemberList {...props} anchor={anchor} onClose={close} />}
    />
  )
}

type ListProps = Props & {
  label: string
  anchor: Parameters<typeof PickerList>[0]['anchor']
  onClose: () => void
}

/** The list alone, for an anchor that is no picker button. */
export function MemberList(props: ListProps) {
  const me = useMe()
  const members = useMembers()
  const { value, first, without } = props
  const options = useMemo(
    () => memberOptions(members, me.id, value, first ?? [], without ?? []),
    [members, me.id, value, first, without],
  )
  return (
    <PickerList
      anchor={props.anchor}
      label={props.label}
      placeholder={t('work.people_search')}
      multiple={props.multiple}
      options={options}
      value={value}
      onChange={props.onChange}
      onClose={props.onClose}
    />
  )
}

function memberOptions(
  members: readonly Member[],
  me: string,
  chosen: readonly string[],
  first: readonly string[],
  without: readonly string[],
): Option[] {
  const weight = (member: Member) => (member.id === me ? 2 : first.includes(member.id) ? 1 : 0)
  return members
    .filter((member) => member.active || chosen.includes(member.id))
    .filter((member) => member.kind !== 'bot' || chosen.includes(member.id))
    .filter((member) => !without.includes(member.id))
    .sort((a, b) => weight(b) - weight(a))
    .map((member) => ({
      value: member.id,
      text: member.id === me ? t('work.name_me', { name: member.name }) : member.name,
      words: [member.name, member.handle],
      icon: <Avatar member={member} size={20} />,
      hint: member.title || undefined,
    }))
}
