// The inbox: what concerns the reader, by place. Worked through with the keyboard: every row goes
// away when it is done, and comes back with one key. The router mounts it.

import { CheckCheck, CircleCheck, Clock, Inbox } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { errorText, t } from '../../i18n'
import {
  type InboxItem,
  isSnoozed,
  updateNotifications,
  useDone,
  useInbox,
} from '../../model/notification'
import { Button, IconButton } from '../../ui/Button'
import { Empty } from '../../ui/Empty'
import { Skeleton } from '../../ui/Skeleton'
import { Tabs } from '../../ui/Tabs'
import { isTouch } from '../chat/composer/touch'
import { useMinute } from '../work/mywork/useMinute'
import { InboxList } from './InboxList'
import { SavedList } from './SavedList'

type Face = 'inbox' | 'saved' | 'snoozed' | 'done'

export function InboxPage() {
  const [face, setFace] = useState<Face>('inbox')
  const now = useMinute()
  const all = useInbox()
  const here = all.filter(({ notification }) => !isSnoozed(notification, now))
  const snoozed = all.filter(({ notification }) => isSnoozed(notification, now))
  return (
    <section aria-label={t('inbox.title')} className="flex h-full min-h-0 flex-col bg-canvas">
      <header
        className="flex h-(--header-height) shrink-0 items-center gap-3 border-line border-b px-4
        max-md:px-3"
      >
        <h1 className="font-semibold max-md:sr-only">{t('inbox.title')}</h1>
        <Tabs<Face>
          label={t('inbox.title')}
          value={face}
          onChange={setFace}
          tabs={[
            { value: 'inbox', label: t('inbox.tab_inbox') },
            { value: 'saved', label: t('inbox.tab_saved') },
            { value: 'snoozed', label: t('inbox.tab_snoozed') },
            { value: 'done', label: t('inbox.tab_done') },
          ]}
        />
        <span className="flex-1" />
        {face === 'inbox' && <AllAtOnce items={here} />}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden">
        {face === 'inbox' && <InboxList items={here} empty={<NothingNew />} />}
        {face === 'saved' && <SavedList />}
        {face === 'snoozed' && <InboxList items={snoozed} snoozed empty={<NothingSnoozed />} />}
        {face === 'done' && <Done />}
      </div>
    </section>
  )
}

function AllAtOnce({ items }: { items: readonly InboxItem[] }) {
  const unread = items.filter((item) => item.unread).map(({ notification }) => notification.id)
  return (
    <IconButton
      label={t('inbox.read_all')}
      disabled={unread.length === 0}
      onClick={() => updateNotifications(unread, { read: true })}
    >
      <CheckCheck size={16} aria-hidden />
    </IconButton>
  )
}

function Done() {
  const { items, hasMore, failure, loadMore, reload } = useDone()
  if (failure && !items) {
    return (
      <Empty
        title={errorText(failure.code)}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      />
    )
  }
  if (!items) return <Loading />
  const told = items.filter((notification) => !notification.suppressed)
  const list = told.map((notification) => ({ notification, unread: false }))
  return (
    <>
      <InboxList items={list} done empty={<NothingDone />} />
      {hasMore && (
        <div className="flex justify-center p-4">
          <Button onClick={loadMore}>{t('inbox.more')}</Button>
        </div>
      )}
    </>
  )
}

function NothingNew() {
  return (
    <Empty
      icon={<Inbox size={20} aria-hidden />}
      title={t('inbox.empty')}
      hint={t(isTouch() ? 'inbox.empty_hint_touch' : 'inbox.empty_hint')}
    />
  )
}

function NothingSnoozed() {
  return (
    <Empty
      icon={<Clock size={20} aria-hidden />}
      title={t('inbox.snoozed_empty')}
      hint={t(isTouch() ? 'inbox.snoozed_empty_hint_touch' : 'inbox.snoozed_empty_hint')}
    />
  )
}

function NothingDone() {
  return (
    <Empty
      icon={<CircleCheck size={20} aria-hidden />}
      title={t('inbox.done_empty')}
      hint={t('inbox.done_empty_hint')}
    />
  )
}

function Loading(): ReactNode {
  return (
    <div role="status" aria-busy aria-label={t('common.loading')} className="p-4">
      <Skeleton className="h-10 w-full" />
    </div>
  )
}
