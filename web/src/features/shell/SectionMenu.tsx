// What can be done with a section of the side bar.

import {
  ArrowDown,
  ArrowUp,
  CheckCheck,
  Ellipsis,
  FolderPlus,
  Hash,
  Orbit,
  Pencil,
  SquareKanban,
  Trash2,
} from 'lucide-react'
import { openDialog } from '../../app/dialog'
import { go, spaceHref } from '../../app/place'
import { t } from '../../i18n'
import { markAllRead } from '../../model/channel'
import { useMe } from '../../model/member'
import {
  moveSection,
  removeSection,
  type Section,
  type ShownSection,
  useSideBar,
} from '../../model/side_bar'
import type { Space } from '../../protocol'
import { IconButton } from '../../ui/Button'
import { Menu, MenuItem, MenuLine } from '../../ui/Menu'

/** Own sections have a name; the others are called by their kind. */
export function sectionName(section: Section): string {
  return section.kind === 'own' ? (section.name ?? '') : t(`shell.kind_${section.kind}`)
}

/** The button that opens the menu, beside the name. */
export function SectionMenu({ shown }: { shown: ShownSection }) {
  return (
    <Menu
      className="min-w-52"
      trigger={
        <IconButton
          label={t('shell.section_menu', {
            section: shown.space?.name ?? sectionName(shown.section),
          })}
          size="sm"
          className="opacity-0 group-focus-within/section:opacity-100
            group-hover/section:opacity-100 data-popup-open:opacity-100 max-md:opacity-100"
        >
          <Ellipsis size={16} />
        </IconButton>
      }
    >
      {shown.space ? (
        <SpaceItems shown={shown} space={shown.space} />
      ) : (
        <SectionItems shown={shown} />
      )}
    </Menu>
  )
}

/** Of a section that belongs to a space. */
export function SpaceItems({ shown: { rows }, space }: { shown: ShownSection; space: Space }) {
  const me = useMe()
  const unread = unreadIn(rows)
  const about = `space:${space.id}`
  return (
    <>
      <MenuItem icon={<Orbit size={16} />} onClick={() => go(spaceHref(space.id))}>
        {t('space.open')}
      </MenuItem>
      <MenuItem
        icon={<CheckCheck size={16} />}
        disabled={unread.length === 0}
        onClick={() => markAllRead(unread)}
      >
        {t('shell.mark_section_read')}
      </MenuItem>
      {me.role !== 'guest' && (
        <>
          <MenuLine />
          <MenuItem icon={<Hash size={16} />} onClick={() => openDialog('create-channel', about)}>
            {t('space.channel_new')}
          </MenuItem>
          <MenuItem
            icon={<SquareKanban size={16} />}
            onClick={() => openDialog('create-project', about)}
          >
            {t('space.project_new')}
          </MenuItem>
        </>
      )}
    </>
  )
}

function unreadIn(rows: ShownSection['rows']): string[] {
  return rows.flatMap((row) =>
    'channel' in row && (row.membership.unread > 0 || row.membership.mentions > 0)
      ? [row.channel.id]
      : [],
  )
}

export function SectionItems({ shown: { section, rows } }: { shown: ShownSection }) {
  const ids = useSideBar().sections.map(({ id }) => id)
  const at = ids.indexOf(section.id)
  const unread = unreadIn(rows)
  return (
    <>
      {section.kind !== 'projects' && (
        <MenuItem
          icon={<CheckCheck size={16} />}
          disabled={unread.length === 0}
          onClick={() => markAllRead(unread)}
        >
          {t('shell.mark_section_read')}
        </MenuItem>
      )}
      <MenuItem
        icon={<ArrowUp size={16} />}
        disabled={at <= 0}
        onClick={() => moveSection(section.id, ids[at - 2] ?? null)}
      >
        {t('shell.move_section_up')}
      </MenuItem>
      <MenuItem
        icon={<ArrowDown size={16} />}
        disabled={at === ids.length - 1}
        onClick={() => moveSection(section.id, ids[at + 1] ?? null)}
      >
        {t('shell.move_section_down')}
      </MenuItem>
      <MenuLine />
      {section.kind === 'own' && (
        <MenuItem
          icon={<Pencil size={16} />}
          onClick={() => openDialog('section', `section:${section.id}`)}
        >
          {t('shell.section_rename')}
        </MenuItem>
      )}
      <MenuItem icon={<FolderPlus size={16} />} onClick={() => openDialog('section')}>
        {t('shell.section_new')}
      </MenuItem>
      {section.kind === 'own' && (
        <MenuItem icon={<Trash2 size={16} />} danger onClick={() => removeSection(section.id)}>
          {t('shell.section_remove')}
        </MenuItem>
      )}
    </>
  )
}
