// What takes how much room: for administrators. Counted beside the requests, so it may be some
// minutes old; the first time one waits for it.

import type { ReactNode } from 'react'
import { channelHref, messageHref } from '../../app/place'
import { errorText, t } from '../../i18n'
import { formatAgo, formatBytes } from '../../i18n/format'
import { useStorageReport } from '../../model/admin'
import { usePolicy } from '../../model/policy'
import type { StorageUsage } from '../../protocol'
import { Skeleton } from '../../ui/Skeleton'
import { FormError } from '../account/person'
import { Part } from './Part'

export function StoragePage() {
  const { value, failure } = useStorageReport()
  const usage = value?.usage
  if (failure) return <FormError text={errorText(failure.code)} />
  if (!usage) return <Skeleton className="h-64" />
  return (
    <>
      <Whole usage={usage} />
      <Uncarried usage={usage} />
      <Channels usage={usage} />
      <Largest usage={usage} />
    </>
  )
}

function Whole({ usage }: { usage: StorageUsage }) {
  const { storage_bytes_max: most } = usePolicy()
  const files = [
    t('admin.files_count', { count: usage.files.files }),
    ...(most ? [t('admin.storage_limit', { size: formatBytes(most) })] : []),
  ]
  return (
    <Part hint={t('admin.storage_counted', { when: formatAgo(usage.counted_at) })}>
      <Table>
        <Line name={t('admin.storage_database')} hint={t('admin.storage_whole')}>
          {formatBytes(usage.database_bytes)}
        </Line>
        <Line
          name={t('admin.storage_log')}
          hint={t('admin.storage_log_hint', { count: usage.entries })}
        >
          {formatBytes(usage.log_bytes)}
        </Line>
        <Line name={t('admin.storage_files')} hint={files.join(' · ')}>
          {formatBytes(usage.files.bytes)}
        </Line>
        {usage.thumbnail_bytes != null && (
          <Line name={t('admin.storage_thumbnails')} hint={t('admin.storage_whole')}>
            {formatBytes(usage.thumbnail_bytes)}
          </Line>
        )}
        <Line name={t('admin.storage_index')}>{formatBytes(usage.index_bytes)}</Line>
      </Table>
    </Part>
  )
}

function Uncarried({ usage: { waiting, deleted } }: { usage: StorageUsage }) {
  return (
    <Part title={t('admin.swept')} hint={t('admin.swept_hint')}>
      {waiting.files + deleted.files === 0 ? (
        <p className="text-faint">{t('admin.swept_none')}</p>
      ) : (
        <Table>
          <Line
            name={t('admin.swept_waiting')}
            hint={t('admin.files_count', { count: waiting.files })}
          >
            {formatBytes(waiting.bytes)}
          </Line>
          <Line
            name={t('admin.swept_deleted')}
            hint={t('admin.files_count', { count: deleted.files })}
          >
            {formatBytes(deleted.bytes)}
          </Line>
        </Table>
      )}
    </Part>
  )
}

function Channels({ usage: { channels, elsewhere } }: { usage: StorageUsage }) {
  if (channels.length === 0 && elsewhere.files === 0) return null
  return (
    <Part title={t('admin.storage_channels')}>
      <Table>
        {channels.map(({ channel, sum }) => (
          <Line
            key={channel.id}
            name={
              <a href={channelHref(channel.id)} className="hover:underline">{`#${channel.name}`}</a>
            }
            hint={t('admin.files_count', { count: sum.files })}
          >
            {formatBytes(sum.bytes)}
          </Line>
        ))}
        {elsewhere.files > 0 && (
          <Line
            name={t('admin.storage_elsewhere')}
            hint={t('admin.files_count', { count: elsewhere.files })}
          >
            {formatBytes(elsewhere.bytes)}
          </Line>
        )}
      </Table>
    </Part>
  )
}

function Largest({ usage: { largest } }: { usage: StorageUsage }) {
  if (largest.length === 0) return null
  return (
    <Part title={t('admin.largest')}>
      <Table>
        {largest.map(({ bytes, seen }, index) => (
          <Line
            key={index}
            name={
              seen ? (
                <a href={messageHref(seen.message)} className="hover:underline">
                  {seen.name}
                </a>
              ) : (
                <span className="text-faint">{t('admin.largest_hidden')}</span>
              )
            }
          >
            {formatBytes(bytes)}
          </Line>
        ))}
      </Table>
    </Part>
  )
}

function Table({ children }: { children: ReactNode }) {
  return <ul className="divide-y divide-line rounded-md border">{children}</ul>
}

function Line(props: { name: ReactNode; hint?: string; children: ReactNode }) {
  return (
    <li className="flex min-h-10 items-center gap-3 px-3 py-1.5">
      <div className="min-w-0 flex-1">
        <div className="truncate">{props.name}</div>
        {props.hint && <div className="truncate text-faint text-sm">{props.hint}</div>}
      </div>
      <span className="tabular-nums">{props.children}</span>
    </li>
  )
}
