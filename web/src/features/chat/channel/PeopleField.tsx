// Chooses several people in a dialog: chips of the chosen, a search by name, handle or pinyin, and
// the list of who fits.

import { Check, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react'
import { t } from '../../../i18n'
import { useMembers } from '../../../model/member'
import type { Member } from '../../../protocol'
import { Avatar } from '../../../ui/Avatar'
import { cx } from '../../../ui/class'
import { rankBy } from '../../palette/match'
import { loadPinyin } from '../../palette/pinyin'

interface Props {
  value: readonly string[]
  onChange(value: string[]): void
  label: string
  /** Ids that cannot be chosen. */
  without?: readonly string[]
  /** Limit: how many may be chosen. */
  most?: number
  autoFocus?: boolean
  /** Enter with nothing typed. */
  onEnter?(): void
}

/** Limit: people in the list; more are found by typing. */
const SHOWN_MAX = 50

const FIELD = 'overflow-hidden rounded-md border border-line-strong focus-within:border-accent'

export function PeopleField(props: Props) {
  const { value, onChange, label, without = [], most = 500 } = props
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const list = useId()
  const members = useMembers()
  const sounds = useSounds()
  // biome-ignore lint/correctness/useExhaustiveDependencies: ranks anew once sounds are known
  const shown = useMemo(() => {
    const able = members.filter((member) => member.active && !without.includes(member.id))
    return rankBy(able, query, (member) => [member.name, member.handle]).slice(0, SHOWN_MAX)
  }, [members, query, without, sounds])
  const chosen = value.flatMap((id) => members.find((member) => member.id === id) ?? [])
  const at = Math.min(active, shown.length - 1)
  const toggle = (member: Member | undefined) => {
    if (!member) return
    const is = value.includes(member.id)
    if (!is && value.length >= most) return
    onChange(is ? value.filter((id) => id !== member.id) : [...value, member.id])
    setQuery('')
    setActive(0)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key === 'ArrowDown') setActive(Math.min(shown.length - 1, at + 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(0, at - 1))
    else if (event.key === 'Enter' && query === '' && value.length > 0) props.onEnter?.()
    else if (event.key === 'Enter') toggle(shown[at])
    else if (event.key === 'Backspace' && query === '') onChange(value.slice(0, -1))
    else return
    event.preventDefault()
  }
  return (
    <div className={FIELD}>
      <div className="flex max-h-28 flex-wrap items-center gap-1 overflow-y-auto p-1.5">
        {chosen.map((member) => (
          <Chip key={member.id} member={member} onRemove={() => toggle(member)} />
        ))}
        <input
          // biome-ignore lint/a11y/noAutofocus: the dialog is there to be typed into
          autoFocus={props.autoFocus}
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={shown.length > 0 ? `${list}-${at}` : undefined}
          aria-label={label}
          value={query}
          placeholder={chosen.length === 0 ? t('chat.people_search') : ''}
          className="h-7 min-w-32 flex-1 bg-transparent px-1 outline-none"
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        id={list}
        role="listbox"
        tabIndex={-1}
        aria-label={label}
        aria-multiselectable
        className="h-52 overflow-y-auto border-t p-1"
      >
        {shown.length === 0 && <p className="p-2 text-faint">{t('chat.nobody_found')}</p>}
        {shown.map((member, index) => (
          <Line
            key={member.id}
            id={`${list}-${index}`}
            member={member}
            active={index === at}
            chosen={value.includes(member.id)}
            onHover={() => setActive(index)}
            onPick={() => toggle(member)}
          />
        ))}
      </div>
    </div>
  )
}

function useSounds(): boolean {
  const [known, setKnown] = useState(false)
  useEffect(() => {
    let here = true
    loadPinyin().then(() => here && setKnown(true))
    return () => {
      here = false
    }
  }, [])
  return known
}

const CHIP = 'inline-flex h-7 items-center gap-1.5 rounded-md bg-active pr-0.5 pl-1.5 text-sm'

function Chip({ member, onRemove }: { member: Member; onRemove(): void }) {
  return (
    <span className={CHIP}>
      <Avatar member={member} size={16} />
      {member.name}
      <button
        type="button"
        aria-label={t('chat.remove_person', { name: member.name })}
        className="rounded-sm p-1 text-faint hover:text-ink"
        onClick={onRemove}
      >
        <X size={12} aria-hidden />
      </button>
    </span>
  )
}

interface LineProps {
  id: string
  member: Member
  active: boolean
  chosen: boolean
  onHover(): void
  onPick(): void
}

function Line({ id, member, active, chosen, onHover, onPick }: LineProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      ref={(element) => {
        if (active) element?.scrollIntoView({ block: 'nearest' })
      }}
      className={cx(
        'flex h-9 select-none items-center gap-2 rounded-md px-2 max-md:h-11',
        active && 'bg-hover',
      )}
      onPointerDown={(event) => event.preventDefault()}
      onPointerMove={() => !active && onHover()}
      onClick={onPick}
    >
      <Avatar member={member} size={24} />
      <span className="truncate font-medium">{member.name}</span>
      <span className="truncate text-faint text-sm">{member.title || `@${member.handle}`}</span>
      {chosen && <Check size={16} aria-hidden className="ml-auto shrink-0 text-accent-ink" />}
    </div>
  )
}
