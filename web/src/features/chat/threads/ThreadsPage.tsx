// The threads that the reader follows, those with unread replies first; each opens beside. The
// router mounts it.

import { CircleCheckBig, MessagesSquare } from 'lucide-react'
import { useState } from 'react'
import { errorText, t } from '../../../i18n'
import { type Settled, useThreads } from '../../../model/thread'
import { Button } from '../../../ui/Button'
import { Empty } from '../../../ui/Empty'
import { Skeleton } from '../../../ui/Skeleton'
import { Tabs } from '../../../ui/Tabs'
import { ThreadRow } from './ThreadRow'

export function ThreadsPage() {
  const [shown, setShown] = useState<Settled>('all')
  return (
    <section aria-label={t('thread.title')} className="flex h-full min-h-0 flex-col bg-canvas">
      <header
        className="flex h-(--header-height) shrink-0 items-center gap-3 border-b px-4
          max-md:px-3"
      >
        <h1 className="font-semibold">{t('thread.title')}</h1>
        <Tabs<Settled>
          label={t('thread.title')}
          value={shown}
          onChange={setShown}
          tabs={[
            { value: 'all', label: t('thread.tab_all') },
            { value: 'open', label: t('thread.tab_open') },
            { value: 'resolved', label: t('thread.resolved') },
          ]}
        />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        <ThreadList key={shown} shown={shown} />
      </div>
    </section>
  )
}

function ThreadList({ shown }: { shown: Settled }) {
  const threads = useThreads(shown)
  const { items, failure } = threads
  return (
    <>
      {!items && !failure && <Skeleton className="m-3 h-5" />}
      {failure && !items && (
        <Empty
          title={errorText(failure.code)}
          action={<Button onClick={threads.reload}>{t('common.retry')}</Button>}
        />
      )}
      {items?.length === 0 && shown !== 'all' && (
        <Empty
          icon={<CircleCheckBig size={20} aria-hidden />}
          title={t(shown === 'open' ? 'thread.empty_open' : 'thread.empty_resolved')}
          {...(shown === 'resolved' && { hint: t('thread.empty_resolved_hint') })}
        />
      )}
      {items?.length === 0 && shown === 'all' && (
        <Empty
          icon={<MessagesSquare size={20} aria-hidden />}
          title={t('thread.empty')}
          hint={t('thread.empty_hint')}
        />
      )}
      <ul className="mx-auto flex max-w-3xl flex-col">
        {items?.map((thread) => (
          <ThreadRow key={thread.root.id} thread={thread} />
        ))}
      </ul>
      {threads.hasMore && (
        <div className="flex justify-center p-3">
          <Button onClick={threads.loadMore}>{t('thread.more')}</Button>
        </div>
      )}
    </>
  )
}
