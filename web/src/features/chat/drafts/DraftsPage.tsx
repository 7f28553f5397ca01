// Everything that the reader has begun to write and not sent, on whichever of their devices, and
// what they send later. The router mounts it.

import { CalendarClock, Pencil } from 'lucide-react'
import { draftsHref, go, scheduledHref } from '../../../app/place'
import { t } from '../../../i18n'
import { useDrafts } from '../../../model/draft'
import { useScheduled } from '../../../model/scheduled'
import { cx } from '../../../ui/class'
import { Empty } from '../../../ui/Empty'
import { Tabs } from '../../../ui/Tabs'
import { DraftRow } from './DraftRow'
import { ScheduledRow } from './ScheduledRow'

type Face = 'drafts' | 'scheduled'

export function DraftsPage({ face }: { face: Face }) {
  return (
    <section aria-label={t('draft.title')} className="flex h-full min-h-0 flex-col bg-canvas">
      <header
        className={cx(
          'flex h-(--header-height) shrink-0 items-center gap-3 border-b px-4',
          'max-md:px-3',
        )}
      >
        <h1 className="font-semibold max-md:sr-only">{t('draft.title')}</h1>
        <Tabs<Face>
          label={t('draft.title')}
          value={face}
          onChange={(next) => go(next === 'drafts' ? draftsHref : scheduledHref)}
          tabs={[
            { value: 'drafts', label: t('draft.tab_drafts') },
            { value: 'scheduled', label: t('draft.tab_scheduled') },
          ]}
        />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        {face === 'drafts' ? <DraftList /> : <ScheduledList />}
      </div>
    </section>
  )
}

function DraftList() {
  const drafts = useDrafts()
  if (drafts.length === 0) {
    return (
      <Empty
        icon={<Pencil size={20} aria-hidden />}
        title={t('draft.empty')}
        hint={t('draft.empty_hint')}
      />
    )
  }
  return (
    <ul className="mx-auto flex max-w-3xl flex-col">
      {drafts.map((draft) => (
        <DraftRow key={draft.home} draft={draft} />
      ))}
    </ul>
  )
}

function ScheduledList() {
  const all = useScheduled()
  if (all.length === 0) {
    return (
      <Empty
        icon={<CalendarClock size={20} aria-hidden />}
        title={t('draft.none_scheduled')}
        hint={t('draft.none_scheduled_hint')}
      />
    )
  }
  return (
    <ul className="mx-auto flex max-w-3xl flex-col">
      {all.map((scheduled) => (
        <ScheduledRow key={scheduled.message.id} scheduled={scheduled} />
      ))}
    </ul>
  )
}
