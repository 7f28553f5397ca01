// The directory: everyone, the tree of departments, free groups, and who is in each. On a phone or
// a tablet the list of groups and one of them are a page each. The router mounts it.

import { Link } from '@tanstack/react-router'
import { ChevronLeft, Plus } from 'lucide-react'
import { useState } from 'react'
import { peopleHref } from '../../app/place'
import { t } from '../../i18n'
import { useGroup } from '../../model/group'
import { isAdmin, useMe } from '../../model/member'
import { IconButton } from '../../ui/Button'
import { cx } from '../../ui/class'
import { Empty } from '../../ui/Empty'
import { GroupForm } from './GroupForm'
import { GroupHead } from './GroupHead'
import { GroupTree } from './GroupTree'
import { GroupPeople } from './PersonList'

/** In the address: everyone, where they are a page of their own too. */
export const EVERYONE = 'all'

/** Without a group: everyone; the list of groups where there is no room for both. */
export function PeoplePage({ groupId }: { groupId?: string }) {
  const isOne = groupId !== undefined && groupId !== EVERYONE
  const group = useGroup(isOne ? groupId : undefined)
  return (
    <section aria-label={t('people.title')} className="flex h-full min-h-0 bg-canvas">
      <div
        className={cx(
          'flex w-64 shrink-0 flex-col border-line lg:border-r max-lg:w-full',
          groupId !== undefined && 'max-lg:hidden',
        )}
      >
        <header className="flex h-(--header-height) shrink-0 items-center gap-2 border-b px-4">
          <h1 className="flex-1 font-semibold">{t('people.title')}</h1>
          <NewGroup />
        </header>
        <GroupTree shown={groupId} />
      </div>
      <div className={cx('flex min-w-0 flex-1 flex-col', groupId === undefined && 'max-lg:hidden')}>
        <header
          className="flex min-h-(--header-height) shrink-0 items-center gap-2 border-b px-4
            max-lg:px-2"
        >
          <Link
            to={peopleHref}
            aria-label={t('people.back')}
            className="rounded-md p-2 text-soft hover:bg-hover lg:hidden"
          >
            <ChevronLeft size={20} aria-hidden />
          </Link>
          {group && <GroupHead group={group} />}
          {!isOne && <h2 className="font-semibold">{t('people.everyone')}</h2>}
        </header>
        {isOne && !group ? (
          <Empty title={t('common.not_found')} hint={t('common.not_found_hint')} />
        ) : (
          <GroupPeople key={groupId} group={group} />
        )}
      </div>
    </section>
  )
}

/** Administrators make groups. */
function NewGroup() {
  const me = useMe()
  const [making, setMaking] = useState(false)
  if (!isAdmin(me)) return null
  return (
    <>
      <IconButton label={t('people.group_new')} size="sm" onClick={() => setMaking(true)}>
        <Plus size={16} aria-hidden />
      </IconButton>
      {making && <GroupForm onClose={() => setMaking(false)} />}
    </>
  )
}
