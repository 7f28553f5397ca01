// Settings: a list of pages and the one that is shown. A chunk of its own.

import { Link } from '@tanstack/react-router'
import { ArrowLeft, ChevronRight } from 'lucide-react'
import { type ComponentType, Fragment } from 'react'
import { go, settingsHref } from '../../app/place'
import { t } from '../../i18n'
import { isAdmin, useMe } from '../../model/member'
import { mayInvite, usePolicy } from '../../model/policy'
import type { Member, Policy } from '../../protocol'
import { IconButton } from '../../ui/Button'
import { cx } from '../../ui/class'
import { Invitations } from '../people/Invitations'
import { MembersPage } from '../people/MembersPage'
import { AppearancePage } from './AppearancePage'
import { ChannelsPage } from './ChannelsPage'
import { EmojiPage } from './EmojiPage'
import { HooksPage } from './HooksPage'
import { LimitsPage } from './LimitsPage'
import { NotificationsPage } from './NotificationsPage'
import { ProfilePage } from './ProfilePage'
import { RetentionPage } from './RetentionPage'
import { SecurityPage } from './SecurityPage'
import { SignInPage } from './SignInPage'
import { StoragePage } from './StoragePage'
import { TokensPage } from './TokensPage'
import { WorkspacePage } from './WorkspacePage'

interface Entry {
  id: string
  name: () => string
  Page: ComponentType
  /** Of the workspace, not one's own; who sees it. */
  shows?: (me: Member, policy: Policy) => boolean
}

const entries: Entry[] = [
  { id: 'profile', name: () => t('settings.profile'), Page: ProfilePage },
  { id: 'appearance', name: () => t('settings.appearance'), Page: AppearancePage },
  { id: 'notifications', name: () => t('settings.notifications'), Page: NotificationsPage },
  { id: 'security', name: () => t('settings.security'), Page: SecurityPage },
  { id: 'tokens', name: () => t('settings.tokens'), Page: TokensPage },
  { id: 'emoji', name: () => t('emoji.title'), Page: EmojiPage },
  { id: 'workspace', name: () => t('admin.general'), Page: WorkspacePage, shows: isAdmin },
  { id: 'people', name: () => t('settings.people'), Page: MembersPage, shows: isAdmin },
  { id: 'invitations', name: () => t('people.invitations'), Page: Invitations, shows: mayInvite },
  { id: 'channels', name: () => t('admin.channels'), Page: ChannelsPage, shows: isAdmin },
  { id: 'sign-in', name: () => t('admin.sign_in'), Page: SignInPage, shows: isAdmin },
  { id: 'limits', name: () => t('admin.limits'), Page: LimitsPage, shows: isAdmin },
  { id: 'retention', name: () => t('retention.title'), Page: RetentionPage, shows: isAdmin },
  { id: 'storage', name: () => t('admin.storage'), Page: StoragePage, shows: isAdmin },
  { id: 'hooks', name: () => t('settings.hooks'), Page: HooksPage, shows: isAdmin },
]

function useEntries(): Entry[] {
  const me = useMe()
  const policy = usePolicy()
  return entries.filter(({ shows }) => !shows || shows(me, policy))
}

/** On a phone or a tablet the list of pages and each page in turn, elsewhere side by side. */
export function SettingsPage({ page }: { page?: string }) {
  const mine = useEntries()
  const firstShared = mine.find(({ shows }) => shows)
  const shown = mine.find(({ id }) => id === page) ?? mine[0]
  return (
    <div className="flex min-h-0 flex-1">
      <nav
        aria-label={t('settings.title')}
        className={cx(
          'flex shrink-0 flex-col gap-0.5 overflow-y-auto p-3 max-lg:w-full lg:w-52 lg:border-r',
          page !== undefined && 'max-lg:hidden',
        )}
      >
        <h1 className="px-2 pb-2 font-semibold text-lg">{t('settings.title')}</h1>
        {mine.map(({ id, name }) => (
          <Fragment key={id}>
            {id === firstShared?.id && (
              <h2 className="mt-4 px-2 pb-1 font-medium text-faint text-sm">{t('admin.title')}</h2>
            )}
            <Link
              to={settingsHref(id)}
              aria-current={id === shown?.id ? 'page' : undefined}
              className={cx(
                'flex h-8 shrink-0 items-center whitespace-nowrap rounded-md px-2 finger:h-12',
                'max-lg:text-lg max-lg:active:bg-hover',
                id === shown?.id ? 'lg:bg-active lg:font-medium' : 'hover:bg-hover lg:text-soft',
              )}
            >
              <span className="min-w-0 flex-1 truncate">{name()}</span>
              <ChevronRight size={18} aria-hidden className="text-faint lg:hidden" />
            </Link>
          </Fragment>
        ))}
      </nav>
      {shown && (
        <div
          className={cx(
            'flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto',
            page === undefined && 'max-lg:hidden',
          )}
        >
          <PhoneHeader name={shown.name()} />
          <div className="mx-auto w-full max-w-2xl px-4 py-6 max-lg:pt-4 lg:px-8">
            <h2 className="mb-5 font-semibold text-xl max-lg:sr-only">{shown.name()}</h2>
            {/* Of its own, so that what comes first in it stands close to the heading. */}
            <div>
              <shown.Page key={shown.id} />
            </div>
          </div>
        </div>
      )}
    </div>
  )
}

/** Back to the list of pages. */
function PhoneHeader({ name }: { name: string }) {
  return (
    <header
      className="sticky top-0 z-10 flex h-(--header-height) shrink-0 items-center gap-1 border-b
        bg-canvas px-1 lg:hidden"
    >
      <IconButton label={t('settings.back')} size="lg" onClick={() => go(settingsHref())}>
        <ArrowLeft size={18} aria-hidden />
      </IconButton>
      <p aria-hidden className="min-w-0 truncate font-semibold text-lg">
        {name}
      </p>
    </header>
  )
}
