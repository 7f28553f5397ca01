// Narrows a board or list by words or a query, and by people, labels and priority.

import { CircleDashed, SlidersHorizontal, Tag, UserRound, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../../i18n'
import { useMe, useMembers } from '../../model/member'
import type { Queried } from '../../model/query'
import type { Priority, State } from '../../protocol'
import { Avatar } from '../../ui/Avatar'
import { cx } from '../../ui/class'
import { StateIcon } from './icon'
import { LabelDot } from './label'
import { type Filter, isFiltering, NO_FILTER, NOBODY } from './logic/filter'
import { type Option, PickerButton, PickerList } from './pickers/Picker'
import { priorityOptions } from './pickers/PriorityPicker'
import { QueryField } from './QueryField'

interface Props {
  /** Those that tasks here can be in. */
  states: readonly State[]
  /** All are assigned to the reader, of several projects: no choice of people or states. */
  mine?: true
  filter: Filter
  answer: Queried
  onChange: (filter: Filter) => void
  /** Labels in use, most used first. */
  labels: readonly string[]
  /** At the end of the bar. */
  children?: ReactNode
}

export function FilterBar(props: Props) {
  const { states, mine, filter, answer, onChange, labels, children } = props
  const people = usePeople()
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not everywhere yet
    <div
      role="search"
      aria-label={t('work.filter')}
      className="flex min-h-11 shrink-0 flex-wrap items-center gap-1 px-4 py-1.5 max-md:px-3"
    >
      <QueryField
        states={states}
        labels={labels}
        value={filter.text}
        answer={answer}
        onChange={(text) => onChange({ ...filter, text })}
      />
      {!mine && (
        <>
          <Part
            icon={<UserRound size={14} aria-hidden />}
            label={t('work.assignees')}
            options={people}
            value={filter.assignees}
            onChange={(assignees) => onChange({ ...filter, assignees })}
          />
          <Part
            icon={<CircleDashed size={14} aria-hidden />}
            label={t('work.state')}
            options={stateOptions(states)}
            value={filter.states}
            onChange={(states) => onChange({ ...filter, states })}
          />
        </>
      )}
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
      {answer.isCut && (
        <span role="status" className="shrink-0 text-sm text-soft">
          {t('work.query_cut', { count: answer.ids?.size ?? 0 })}
        </span>
      )}
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
    value.length === 0
      ? label
      : value.length === 1
        ? (chosen[0]?.text ?? value[0])
        : t('work.filter_some', { label, count: value.length })
  return (
    <PickerButton
      label={label}
      named={value.length !== 1}
      className={cx(
        'h-7 shrink-0 gap-1.5 px-2 text-sm whitespace-nowrap',
        value.length > 0 ? 'bg-accent-soft text-accent-ink' : 'text-soft',
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
      {value.length === 1 && chosen[0]?.icon ? chosen[0].icon : icon}
      <span className="max-w-32 truncate">{words}</span>
    </PickerButton>
  )
}

function stateOptions(states: readonly State[]): Option[] {
  return states.map(({ id, name, category }) => ({
    value: id,
    text: name,
    icon: <StateIcon category={category} />,
  }))
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
