// Everything the reader is part of: channels, direct channels, projects, and what is unread.
// Beside the page on a wide screen; a page of its own (`full`) on a phone.

import {
  CircleCheckBig,
  FolderPlus,
  Inbox,
  MessagesSquare,
  Orbit,
  Pencil,
  Plus,
  Search,
  UsersRound,
} from 'lucide-react'
import { memo, type SyntheticEvent, useEffect, useMemo, useRef, useState } from 'react'
import { type DialogName, openDialog } from '../../app/dialog'
import {
  draftsHref,
  inboxHref,
  myWorkHref,
  peopleHref,
  spacesHref,
  threadsHref,
} from '../../app/place'
import { formatNumber, t } from '../../i18n'
import { useChannels, useMemberships } from '../../model/channel'
import { useDrafts } from '../../model/draft'
import { useUnreadCount } from '../../model/notification'
import { useProjects } from '../../model/project'
import { rowKey, type ShownSection, shownSections, useSideBar } from '../../model/side_bar'
import { useOwnSpaces, useSpaces } from '../../model/space'
import { useUnreadThreads } from '../../model/thread'
import { Badge } from '../../ui/Badge'
import { IconButton } from '../../ui/Button'
import { cx } from '../../ui/class'
import { Kbd } from '../../ui/Kbd'
import { ContextMenu, Menu, MenuItem } from '../../ui/Menu'
import { AccountMenu } from './AccountMenu'
import { RowItems } from './RowMenu'
import { PlaceRow } from './rows'
import { Section } from './Section'
import { SectionItems, SpaceItems } from './SectionMenu'
import { hasMouse, withDrag } from './useDrag'

/** Is not drawn anew when one goes elsewhere: the rows themselves know where one is. */
export const SideBar = memo(function SideBar({ full = false }: { full?: boolean }) {
  return (
    <nav
      aria-label={t('shell.side_bar')}
      className={cx(
        'min-h-0 flex-col bg-side',
        full ? 'flex flex-1 md:hidden' : 'hidden w-(--side-width) shrink-0 border-r md:flex',
      )}
    >
      <AccountMenu />
      <div className="px-2 pb-2">
        <button
          type="button"
          onClick={() => openDialog('palette')}
          className="flex h-8 w-full items-center gap-2 rounded-md border border-line bg-canvas px-2 text-faint hover:border-line-strong hover:text-soft finger:h-10"
        >
          <Search size={16} aria-hidden="true" />
          <span className="flex-1 text-left">{t('shell.search')}</span>
          <span className="finger:hidden">
            <Kbd keys="Mod+K" />
          </span>
        </button>
      </div>
      <Places />
    </nav>
  )
})

/** What lies under the pointer or the focus when the menu is asked for. */
interface About {
  section: string
  row?: string | undefined
}

function Places() {
  const sections = useShownSections()
  useDrops(sections)
  const [about, setAbout] = useState<About>()
  const pick = ({ target }: SyntheticEvent) => {
    const element = target as Element
    const section = element.closest<HTMLElement>('[data-section]')?.dataset.section
    const row = element.closest<HTMLElement>('[data-row]')?.dataset.row
    setAbout(section ? { section, row } : undefined)
  }
  return (
    <ContextMenu
      className="min-w-52"
      trigger={
        <div
          onPointerDownCapture={pick}
          onContextMenuCapture={pick}
          className="min-h-0 flex-1 overflow-y-auto px-2 pb-4"
        >
          <InboxPlace />
          <ThreadsPlace />
          <DraftsPlace />
          <PlaceRow
            to={myWorkHref}
            icon={<CircleCheckBig size={16} aria-hidden="true" />}
            name={t('shell.my_work')}
          />
          <PlaceRow
            to={peopleHref}
            icon={<UsersRound size={16} aria-hidden="true" />}
            name={t('shell.people')}
          />
          <PlaceRow
            to={spacesHref}
            icon={<Orbit size={16} aria-hidden="true" />}
            name={t('space.title')}
          />
          {sections.map((shown) => (
            <SideBarSection key={shown.section.id} shown={shown} />
          ))}
        </div>
      }
    >
      <AboutItems about={about} sections={sections} />
    </ContextMenu>
  )
}

function AboutItems({ about, sections }: { about: About | undefined; sections: ShownSection[] }) {
  const shown = sections.find(({ section }) => section.id === about?.section)
  const rows = shown?.rows.map(({ row }) => row) ?? []
  const row = rows.find((each) => rowKey(each) === about?.row)
  if (shown && row) return <RowItems row={row} section={shown.section} rows={rows} />
  if (shown?.space) return <SpaceItems shown={shown} space={shown.space} />
  if (shown) return <SectionItems shown={shown} />
  return (
    <MenuItem icon={<FolderPlus size={16} />} onClick={() => openDialog('section')}>
      {t('shell.section_new')}
    </MenuItem>
  )
}

/** Starred is there once something is. */
function useShownSections(): ShownSection[] {
  const sideBar = useSideBar()
  const channels = useChannels()
  const memberships = useMemberships()
  const projects = useProjects()
  const spaces = useSpaces()
  const own = useOwnSpaces()
  return useMemo(
    () =>
      shownSections(
        sideBar,
        channels,
        memberships,
        projects,
        spaces.filter(({ id }) => own.has(id)),
      ).filter(({ section, rows }) => section.kind !== 'starred' || rows.length > 0),
    [sideBar, channels, memberships, projects, spaces, own],
  )
}

function useDrops(sections: ShownSection[]): void {
  const latest = useRef(sections)
  useEffect(() => {
    latest.current = sections
  })
  useEffect(() => {
    if (!hasMouse()) return
    const shown = () =>
      latest.current
        .filter(({ space }) => !space)
        .map(({ section, rows }) => ({
          id: section.id,
          rows: rows.map(({ row }) => row),
        }))
    return withDrag(({ watchDrops }) => watchDrops(shown))
  }, [])
}

function InboxPlace() {
  const unread = useUnreadCount()
  return (
    <PlaceRow
      to={inboxHref}
      icon={<Inbox size={16} aria-hidden="true" />}
      name={t('shell.inbox')}
      isNew={unread > 0}
    >
      <Badge kind="mention" count={unread} label={t('shell.inbox_unread', { count: unread })} />
    </PlaceRow>
  )
}

function SideBarSection({ shown }: { shown: ShownSection }) {
  if (shown.space) {
    return <Section shown={shown} action={null} empty={t('space.section_empty')} />
  }
  switch (shown.section.kind) {
    case 'starred':
    case 'own':
      return <Section shown={shown} action={null} empty={t('shell.section_empty')} />
    case 'channels':
      return <Section shown={shown} action={<AddChannel />} empty={t('shell.channels_empty')} />
    case 'direct':
      return (
        <Section
          shown={shown}
          action={<Add label={t('shell.direct_new')} dialog="new-direct" />}
          empty={t('shell.direct_empty')}
        />
      )
    case 'projects':
      return (
        <Section
          shown={shown}
          action={<Add label={t('shell.project_new')} dialog="create-project" />}
          empty={t('shell.projects_empty')}
        />
      )
  }
}

function ThreadsPlace() {
  const unread = useUnreadThreads()
  return (
    <PlaceRow
      to={threadsHref}
      icon={<MessagesSquare size={16} aria-hidden="true" />}
      name={t('thread.title')}
      isNew={unread > 0}
    >
      <Badge count={unread} label={t('shell.unread', { count: unread })} />
    </PlaceRow>
  )
}

function DraftsPlace() {
  const { length } = useDrafts()
  return (
    <PlaceRow
      to={draftsHref}
      icon={<Pencil size={16} aria-hidden="true" />}
      name={t('draft.title')}
    >
      {length > 0 && (
        <span className="px-1 text-faint text-xs tabular-nums">
          <span aria-hidden="true">{formatNumber(length)}</span>
          <span className="sr-only">{t('draft.count', { count: length })}</span>
        </span>
      )}
    </PlaceRow>
  )
}

function AddChannel() {
  return (
    <Menu
      trigger={
        <IconButton label={t('shell.channels_add')} size="sm">
          <Plus size={16} />
        </IconButton>
      }
    >
      <MenuItem onClick={() => openDialog('create-channel')}>{t('shell.channel_new')}</MenuItem>
      <MenuItem onClick={() => openDialog('browse-channels')}>
        {t('shell.channels_browse')}
      </MenuItem>
      <MenuItem onClick={() => openDialog('section')}>{t('shell.section_new')}</MenuItem>
    </Menu>
  )
}

function Add({ label, dialog }: { label: string; dialog: DialogName }) {
  return (
    <IconButton label={label} size="sm" onClick={() => openDialog(dialog)}>
      <Plus size={16} />
    </IconButton>
  )
}
