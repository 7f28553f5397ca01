// Kinds of custom fields: their signs and names; and the dot of an option.

import {
  CalendarDays,
  CircleChevronDown,
  Hash,
  Link2,
  ListChecks,
  type LucideIcon,
  SquareCheck,
  Type,
  UserRound,
} from 'lucide-react'
import type { FieldKind, FieldOption, TypeColour } from '../../../protocol'
import { cx } from '../../../ui/class'

const ICONS: Record<FieldKind, LucideIcon> = {
  text: Type,
  number: Hash,
  date: CalendarDays,
  person: UserRound,
  select: CircleChevronDown,
  multi_select: ListChecks,
  link: Link2,
  check: SquareCheck,
}

const FILLS: Record<TypeColour, string> = {
  grey: 'bg-todo',
  blue: 'bg-doing',
  green: 'bg-done',
  orange: 'bg-blocked',
  red: 'bg-urgent',
  purple: 'bg-purple',
}

/** Decorative: put its name beside it. */
export function KindIcon({ kind, size = 14 }: { kind: FieldKind; size?: number }) {
  const Icon = ICONS[kind]
  return <Icon size={size} aria-hidden className="shrink-0 text-faint" />
}

/** Decorative. */
export function OptionDot({ colour, large }: { colour: TypeColour; large?: boolean }) {
  const size = large ? 'size-3.5' : 'size-2'
  return <span aria-hidden className={cx('shrink-0 rounded-full', size, FILLS[colour])} />
}

/** An option as it stands in the pane. */
export function OptionChip({ option }: { option: FieldOption }) {
  return (
    <span
      className={cx(
        'inline-flex h-6 max-w-full items-center gap-1.5 rounded-full border border-line px-2',
        'text-xs',
        option.archived ? 'text-faint' : 'text-ink',
      )}
    >
      <OptionDot colour={option.colour} />
      <span className="truncate">{option.name}</span>
    </span>
  )
}
