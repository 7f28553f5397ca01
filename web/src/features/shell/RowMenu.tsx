// What can be done with a channel or project in the side bar: the same items in its menu there
// and in the channel's own.

import { ArrowDown, ArrowUp, CheckCheck, FolderInput, Star, StarOff } from 'lucide-react'
import { openDialog } from '../../app/dialog'
import { t } from '../../i18n'
import { markAllRead, useMembership } from '../../model/channel'
import {
  placeRow,
  rowKey,
  type Section,
  type SideBarRow,
  sectionOf,
  stepRow,
  useSideBar,
} from '../../model/side_bar'
import { MenuCheck, MenuItem, MenuLine, MenuSub } from '../../ui/Menu'
import { sectionName } from './SectionMenu'

/** Stars it, or puts it into a section. */
export function PlaceItems({ row }: { row: SideBarRow }) {
  const sideBar = useSideBar()
  const { sections } = sideBar
  const current = sectionOf(sideBar, row)
  const starred = sections.find(({ kind }) => kind === 'starred')
  const isStarred = current !== undefined && current === starred
  const own = sections.filter(({ kind }) => kind === 'own')
  return (
    <>
      <MenuItem
        icon={isStarred ? <StarOff size={16} /> : <Star size={16} />}
        onClick={() => placeRow(row, isStarred ? undefined : starred?.id)}
      >
        {t(isStarred ? 'shell.unstar' : 'shell.star')}
      </MenuItem>
      <MenuSub icon={<FolderInput size={16} />} label={t('shell.move_to_section')}>
        {own.map((section) => (
          <MenuCheck
            key={section.id}
            closes
            checked={section === current}
            onChange={() => placeRow(row, section.id)}
          >
            {sectionName(section)}
          </MenuCheck>
        ))}
        <MenuCheck closes checked={!current} onChange={() => placeRow(row, undefined)}>
          {t('shell.no_section')}
        </MenuCheck>
        <MenuLine />
        <MenuItem onClick={() => openDialog('section', rowKey(row))}>
          {t('shell.section_new')}
        </MenuItem>
      </MenuSub>
    </>
  )
}

interface Props {
  row: SideBarRow
  section: Section
  /** All that the section shows. */
  rows: readonly SideBarRow[]
}

/** The whole menu of a row of the side bar. */
export function RowItems({ row, section, rows }: Props) {
  const up = stepRow(rows, row, -1)
  const down = stepRow(rows, row, 1)
  const isPlaced = section.kind === 'starred' || section.kind === 'own'
  return (
    <>
      <PlaceItems row={row} />
      {isPlaced && rows.length > 1 && (
        <>
          <MenuLine />
          <MenuItem
            icon={<ArrowUp size={16} />}
            disabled={!up}
            onClick={() => up && placeRow(row, section.id, up.after)}
          >
            {t('shell.move_up')}
          </MenuItem>
          <MenuItem
            icon={<ArrowDown size={16} />}
            disabled={!down}
            onClick={() => down && placeRow(row, section.id, down.after)}
          >
            {t('shell.move_down')}
          </MenuItem>
        </>
      )}
      {'channel' in row && <ReadItem channel={row.channel} />}
    </>
  )
}

function ReadItem({ channel }: { channel: string }) {
  const membership = useMembership(channel)
  const isNew = membership && (membership.unread > 0 || membership.mentions > 0)
  return (
    <>
      <MenuLine />
      <MenuItem
        icon={<CheckCheck size={16} />}
        disabled={!isNew}
        onClick={() => markAllRead([channel])}
      >
        {t('shell.mark_read')}
      </MenuItem>
    </>
  )
}
