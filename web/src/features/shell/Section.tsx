// A part of the side bar: its head folds it, and it can be dragged and dropped into.

import { ChevronRight } from 'lucide-react'
import { memo, type ReactNode, useRef } from 'react'
import { t } from '../../i18n'
import {
  foldSection,
  rowKey,
  type ShownRow,
  type ShownSection,
  takesRows,
} from '../../model/side_bar'
import { foldSpace } from '../../model/space'
import { cx } from '../../ui/class'
import { DropLine } from '../../ui/DropLine'
import { SpaceMark } from '../space/SpaceMark'
import { ChannelRow, DirectRow, ProjectRow } from './rows'
import { SectionMenu, sectionName } from './SectionMenu'
import { useDrag } from './useDrag'

interface SectionProps {
  shown: ShownSection
  /** Adds something, for the sections that have it. */
  action: ReactNode
  /** What it says instead of rows. */
  empty: string
}

export function Section({ shown, action, empty }: SectionProps) {
  const { section, rows, space } = shown
  const element = useRef<HTMLElement>(null)
  const head = useRef<HTMLButtonElement>(null)
  const takes = takesRows(section)
  const edge = useDrag(element, { section: section.id, takes }, head, space !== undefined)
  const name = space?.name ?? sectionName(section)
  const isOpen = !section.collapsed
  return (
    <section
      ref={element}
      aria-label={name}
      data-section={section.id}
      className={cx(
        'group/section relative mt-4 rounded-md',
        edge === 'inside' && 'bg-accent-soft',
      )}
    >
      <DropLine edge={edge} />
      <div className="flex h-7 items-center pr-0.5 finger:h-10">
        <button
          ref={head}
          type="button"
          aria-expanded={isOpen}
          aria-label={t('shell.section_toggle', { section: name })}
          onClick={() => (space ? foldSpace(space.id, isOpen) : foldSection(section.id, isOpen))}
          className="flex min-w-0 flex-1 items-center gap-1 rounded-md px-1 py-0.5 font-medium text-faint text-sm hover:text-ink finger:h-full"
        >
          <ChevronRight
            size={14}
            aria-hidden="true"
            className={cx('transition-transform duration-(--quick)', isOpen && 'rotate-90')}
          />
          {space && <SpaceMark space={space} size={16} />}
          <span className="truncate">{name}</span>
        </button>
        <SectionMenu shown={shown} />
        {action}
      </div>
      {isOpen && rows.length === 0 && <p className="px-2 py-1 text-faint text-sm">{empty}</p>}
      {isOpen &&
        rows.map((row) => (
          <Row key={rowKey(row.row)} row={row} section={section.id} takes={takes} />
        ))}
    </section>
  )
}

interface RowProps {
  row: ShownRow
  section: string
  takes: boolean
}

/** Drawn anew only when what it shows changes. */
const Row = memo(function Row({ row, section, takes }: RowProps) {
  const element = useRef<HTMLDivElement>(null)
  const edge = useDrag(element, { section, row: row.row, takes })
  return (
    <div ref={element} data-row={rowKey(row.row)} className="relative">
      <DropLine edge={edge} />
      {'project' in row ? (
        <ProjectRow project={row.project} />
      ) : row.channel.kind === 'direct' ? (
        <DirectRow channel={row.channel} membership={row.membership} />
      ) : (
        <ChannelRow channel={row.channel} membership={row.membership} />
      )}
    </div>
  )
}, isSame)

function isSame(before: RowProps, after: RowProps): boolean {
  if (before.section !== after.section || before.takes !== after.takes) return false
  const [old, now] = [before.row, after.row]
  if ('project' in old || 'project' in now) {
    return 'project' in old && 'project' in now && old.project === now.project
  }
  return old.channel === now.channel && old.membership === now.membership
}
