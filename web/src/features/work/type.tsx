// The sign of a task's type: an icon in its colour.

import {
  Bookmark,
  Box,
  Bug,
  CircleHelp,
  FileText,
  Flag,
  Lightbulb,
  type LucideIcon,
  SquareCheck,
  Wrench,
  Zap,
} from 'lucide-react'
import { typeName } from '../../model/task_type'
import type { TaskType, TypeColour, TypeIcon } from '../../protocol'
import { cx } from '../../ui/class'

const ICONS: Record<TypeIcon, LucideIcon> = {
  check: SquareCheck,
  bug: Bug,
  bookmark: Bookmark,
  bolt: Zap,
  bulb: Lightbulb,
  wrench: Wrench,
  question: CircleHelp,
  flag: Flag,
  document: FileText,
  box: Box,
}

const INKS: Record<TypeColour, string> = {
  grey: 'text-todo',
  blue: 'text-doing',
  green: 'text-done',
  orange: 'text-blocked',
  red: 'text-urgent',
  purple: 'text-purple',
}

export const TYPE_ICONS = Object.keys(ICONS) as TypeIcon[]
export const TYPE_COLOURS = Object.keys(INKS) as TypeColour[]

interface Props {
  type: Pick<TaskType, 'icon' | 'colour'>
  size?: number
}

/** Decorative: put the type's name beside it. */
export function TypeIconMark({ type, size = 14 }: Props) {
  const Icon = ICONS[type.icon]
  return <Icon size={size} aria-hidden className={cx('shrink-0', INKS[type.colour])} />
}

/** With its name for assistive technology and as a tip. */
export function TypeMark({ type, size }: { type: TaskType; size?: number }) {
  const name = typeName(type)
  return (
    <span title={name} className="inline-flex shrink-0">
      <span className="sr-only">{name}</span>
      <TypeIconMark type={type} size={size} />
    </span>
  )
}
