// All files of a channel in its side pane, the newest first.

import { messageHref } from '../../app/place'
import { t } from '../../i18n'
import { formatWhen } from '../../i18n/format'
import { useChannelFiles } from '../../model/file'
import { useMember } from '../../model/member'
import { useMessages } from '../../model/message'
import type { ChannelFile } from '../../protocol'
import { Button } from '../../ui/Button'
import { FileCard } from './message/Files'

export function ChannelFiles({ channel }: { channel: string }) {
  const { items: messages } = useMessages({ channel })
  // A message with files that comes or goes changes the list.
  const carried = messages
    .filter((message) => !message.local && (message.files?.length ?? 0) > 0)
    .map((message) => message.id)
    .join(' ')
  const files = useChannelFiles(channel, carried)
  return (
    <section aria-label={t('file.files')}>
      <h3 className="mt-5 mb-1 font-medium text-faint text-xs">{t('file.files')}</h3>
      {files.status === 'error' && <p className="text-sm text-urgent">{t('file.error')}</p>}
      {files.status === 'ready' && files.items.length === 0 && (
        <p className="text-faint text-sm">{t('file.none')}</p>
      )}
      <ul className="flex flex-col gap-2">
        {files.items.map((item) => (
          <Line key={item.file.id} item={item} />
        ))}
      </ul>
      {files.hasMore && (
        <Button size="sm" variant="ghost" className="mt-2" onClick={files.loadMore}>
          {t('file.more')}
        </Button>
      )}
    </section>
  )
}

function Line({ item }: { item: ChannelFile }) {
  const author = useMember(item.author)
  const who = author?.name ?? t('common.unknown_member')
  return (
    <li>
      <FileCard file={item.file} />
      <p className="mt-0.5 flex gap-2 text-faint text-xs">
        <span className="min-w-0 truncate">{t('file.by', { who, when: formatWhen(item.at) })}</span>
        <a href={messageHref(item.message)} className="shrink-0 text-accent-ink hover:underline">
          {t('file.go')}
        </a>
      </p>
    </li>
  )
}
