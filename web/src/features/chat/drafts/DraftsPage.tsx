// Everything that the reader has begun to write and not sent, on whichever of their devices. The
// router mounts it.

import { Pencil } from 'lucide-react'
import { t } from '../../../i18n'
import { useDrafts } from '../../../model/draft'
import { Empty } from '../../../ui/Empty'
import { DraftRow } from './DraftRow'

export function DraftsPage() {
  return (
    <section aria-label={t('draft.title')} className="flex h-full min-h-0 flex-col bg-canvas">
      <header className="flex h-(--header-height) shrink-0 items-center border-b px-4 max-md:px-3">
        <h1 className="font-semibold">{t('draft.title')}</h1>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        <DraftList />
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
