// A project's archive or trash: what was put aside, newest first, each with the way back. A chunk
// of its own.

import { Archive, ArchiveRestore, Trash2 } from 'lucide-react'
import { t } from '../../../i18n'
import { formatFull, formatWhen } from '../../../i18n/format'
import { useMember } from '../../../model/member'
import { stateOf } from '../../../model/project'
import { type Shelf, type Shelved, useShelf } from '../../../model/put_aside'
import type { Project } from '../../../protocol'
import { Button } from '../../../ui/Button'
import { Empty } from '../../../ui/Empty'
import { restore } from '../aside'
import { StateIcon } from '../icon'
import { openCard } from '../open'

export function ShelfPage({ project, shelf }: { project: Project; shelf: Shelf }) {
  const { rows, status, more } = useShelf(project.id, shelf)
  if (status === 'error' && rows.length === 0)
    return <Empty title={t('work.tasks_error')} hint={t('work.tasks_error_hint')} />
  if (status === 'loading') return <div aria-busy="true" />
  const Icon = shelf === 'archive' ? Archive : Trash2
  if (rows.length === 0)
    return (
      <Empty
        icon={<Icon size={20} aria-hidden />}
        title={t(`work.${shelf}_empty`)}
        hint={t(`work.${shelf}_hint`)}
      />
    )
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-4xl px-6 py-6 max-md:px-3">
        <p className="mb-3 text-soft text-sm">{t(`work.${shelf}_hint`)}</p>
        <ul aria-label={t(`work.${shelf}`)}>
          {rows.map((row) => (
            <Row key={row.task.id} row={row} project={project} />
          ))}
        </ul>
        {more && (
          <Button className="mt-3" onClick={more}>
            {t('work.show_more')}
          </Button>
        )}
      </div>
    </div>
  )
}

function Row({ row, project }: { row: Shelved; project: Project }) {
  const { task, deleted_by, deleted_at, erased_at } = row
  const state = stateOf(project, task.state)
  const by = useMember(deleted_by)
  const when = deleted_at ?? task.updated_at
  const words = (
    <>
      <StateIcon category={state?.category ?? 'todo'} />
      <span className="w-18 shrink-0 truncate text-faint text-xs">{task.key}</span>
      <span className="min-w-0 flex-1 truncate text-sm">{task.title}</span>
    </>
  )
  const look = 'flex min-w-0 flex-1 items-center gap-2 py-2 text-left max-md:py-1'
  return (
    <li
      className="-mx-2 flex items-center gap-x-3 rounded-md px-2 hover:bg-hover max-md:grid
        max-md:grid-cols-[minmax(0,1fr)_auto] max-md:py-1"
    >
      {deleted_at ? (
        <span className={look}>{words}</span>
      ) : (
        <button type="button" className={look} onClick={() => openCard(task)}>
          {words}
        </button>
      )}
      <span
        className="shrink-0 text-faint text-xs max-md:row-start-2 max-md:pl-6"
        title={erased_at && t('work.erased_at', { when: formatFull(erased_at) })}
      >
        {deleted_at
          ? t('work.deleted_by', {
              name: by?.name ?? t('common.unknown_member'),
              when: formatWhen(when),
            })
          : formatWhen(when)}
      </span>
      <Button
        size="sm"
        className="max-md:col-start-2 max-md:row-span-2 max-md:row-start-1"
        icon={<ArchiveRestore size={14} aria-hidden />}
        onClick={() => restore(task)}
      >
        {t('work.restore')}
      </Button>
    </li>
  )
}
