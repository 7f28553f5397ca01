// Limits of this version, and how near the workspace is to them.

import { formatNumber, type Key, t } from '../../i18n'
import { formatBytes } from '../../i18n/format'
import { useLimitReports } from '../../model/admin'
import type { LimitReport } from '../../protocol'
import { cx } from '../../ui/class'
import { Part } from './Part'

const NAMES: Record<LimitReport['limit'], Key> = {
  groups: 'admin.limit_groups',
  spaces: 'admin.limit_spaces',
  default_channels: 'admin.limit_default_channels',
  invitations: 'admin.limit_invitations',
  mail_domains: 'admin.limit_mail_domains',
  message_text_bytes: 'admin.limit_message_text_bytes',
  message_files: 'admin.limit_message_files',
  direct_members: 'admin.limit_direct_members',
  readers_members: 'admin.limit_readers_members',
  channel_mention_members: 'admin.limit_channel_mention_members',
  pins_per_channel: 'admin.limit_pins_per_channel',
  bookmarks_per_channel: 'admin.limit_bookmarks_per_channel',
  feeds_per_channel: 'admin.limit_feeds_per_channel',
  files_per_hour: 'admin.limit_files_per_hour',
  scheduled_messages: 'admin.limit_scheduled_messages',
  saved_messages: 'admin.limit_saved_messages',
}

/** From here on a limit is near. */
const NEAR = 0.8

export function UsagePart() {
  const { items } = useLimitReports()
  if (!items) return null
  return (
    <Part title={t('admin.limits_fixed')} hint={t('admin.limits_fixed_hint')}>
      <ul className="divide-y divide-line rounded-md border">
        {items.map((report) => (
          <li key={report.limit} className="flex min-h-10 items-center gap-3 px-3 py-1.5">
            <span className="min-w-0 flex-1">{t(NAMES[report.limit])}</span>
            <Value report={report} />
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Value({ report: { limit, max, used } }: { report: LimitReport }) {
  const text = limit.endsWith('_bytes') ? formatBytes(max) : formatNumber(max)
  if (used == null) return <span className="text-soft tabular-nums">{text}</span>
  const isNear = used >= max * NEAR
  return (
    <span className={cx('tabular-nums', isNear ? 'text-urgent' : 'text-soft')}>
      {t('admin.limit_used', { used, max: text })}
    </span>
  )
}
