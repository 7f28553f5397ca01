// Narrows a board or list by words, people, labels and priority, on what is loaded here.

import { Search, SlidersHorizontal, Tag, UserRound, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../../i18n'
import { useMe, useMembers } from '../../model/member'
import type { Priority } from '../../protocol'
import { Avatar } from '../../ui/Avatar'
import { cx } from '../../ui/class'
import { LabelDot } from './label'
import { type Filter, isFiltering, NO_FILTER, NOBODY } from './logic/filter'
import { type Option, PickerButton, PickerList } from './pickers/Picker'
import { priorityOptions } from './pickers/PriorityPicker'

interface Props {
  filter: Filter
  onChange: (filter: Filter) => void
  /** Labels in use, most used first. */
  labels: readonly string[]
  /** At the end of the bar. */
  children?: ReactNode
}

export function FilterBar({ filter, onChange, labels, children }: Props) {
  const people = usePeople()
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not everywhere yet
    <div
      role="search"
      aria-label={t('work.filter')}
      className="flex h-11 shrink-0 items-center gap-1 overflow-x-auto px-4 max-md:px-3"
    >
      <label
        className="flex h-7 w-48 shrink-0 items-center gap-2 rounded-md border border-line px-2
          focus-within:border-accent max-md:w-36"
      >
        <Search size={14} aria-hidden className="shrink-0 text-faint" />
        <input
          type="search"
          value={filter.text}
          aria-label={t('work.filter_text')}
          placeholder={t('work.filter_text')}
          className="w-full min-w-0 bg-transparent text-sm outline-none
            [&::-webkit-search-cancel-button]:hidden"
          onChange={(event) => onChange({ ...filter, text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && filter.text) {
              event.stopPropagation()
              onChange({ ...filter, text: '' })
            }
          }}
        />
      </label>
      <Part
        icon={<UserRound size={14} aria-hidden />}
        label={t('work.assignees')}
        options={people}
        value={filter.assignees}
        onChange={(assignees) => onChange({ ...filter, assignees })}
      />
      <Part
        icon={<SlidersHorizontal size={14} aria-hidden />}
        label={t('work.priority')}
        options={priorityOptions()}
        value={filter.priorities}
        onChange={(chosen) => onChange({ ...filter, priorities: chosen as Priority[] })}
      />
      {labels.length > 0 && (
        <Part
          icon={<Tag size={14} aria-hidden />}
          label={t('work.labels')}
          options={labels.map((label) => ({
            value: label,
            text: label,
            icon: <LabelDot label={label} />,
          }))}
          value={filter.labels}
          onChange={(chosen) => onChange({ ...filter, labels: chosen })}
        />
      )}
      {isFiltering(filter) && (
        <button
          type="button"
          className="flex h-7 shrink-0 items-center gap-1 rounded-md px-2 text-sm text-soft
            hover:bg-hover"
          onClick={() => onChange(NO_FILTER)}
        >
          <X size={14} aria-hidden />
          {t('work.filter_clear')}
        </button>
      )}
      <span className="flex-1" />
      {children}
    </div>
  )
}

interface PartProps {
  icon: ReactNode
  label: string
  options: Option[]
  value: readonly string[]
  onChange: (value: string[]) => void
}

/** A button that shows what it narrows to. */
function Part({ icon, label, options, value, onChange }: PartProps) {
  const chosen = options.filter((option) => value.includes(option.value))
  const words =
    chosen.length === 0
      ? label
      : chosen.length === 1
        ? chosen[0]?.text
        : t('work.filter_some', { label, count: chosen.length })
  return (
    <PickerButton
      label={label}
      named={chosen.length !== 1}
      className={cx(
        'h-7 shrink-0 gap-1.5 px-2 text-sm whitespace-nowrap',
        chosen.length > 0 ? 'bg-accent-soft text-accent-ink' : 'text-soft',
      )}
      popup={(anchor, close) => (
        <PickerList
          anchor={anchor}
          label={label}
          multiple
          options={options}
          value={value}
          onChange={onChange}
          onClose={close}
        />
      )}
    >
      {chosen.length === 1 && chosen[0]?.icon ? chosen[0].icon : icon}
      <span className="max-w-32 truncate">{words}</span>
    </PickerButton>
  )
}

function usePeople(): Option[] {
  const me = useMe()
  const members = useMembers()
  const people = members
    .filter((member) => member.kind !== 'bot' && member.active)
    .sort((a, b) => Number(b.id === me.id) - Number(a.id === me.id))
    .map((member) => ({
      value: member.id,
      text: member.id === me.id ? t('work.name_me', { name: member.name }) : member.name,
      words: [member.name, member.handle],
      icon: <Avatar member={member} size={20} />,
    }))
  const nobody = {
    value: NOBODY,
    text: t('work.nobody'),
    icon: <UserRound size={14} aria-hidden />,
  }
  return [...people.slice(0, 1), nobody, ...people.slice(1)]
}
