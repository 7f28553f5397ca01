// Limits that are a matter of policy: for administrators.

import { t } from '../../i18n'
import { formatBytes } from '../../i18n/format'
import { operatorFileBytesMax, usePolicy } from '../../model/policy'
import { FileTypesPart } from './FileTypesPart'
import { Part } from './Part'
import { Rule, Rules } from './Rule'
import { UsagePart } from './UsagePart'

const MINUTES = [null, 0, 5, 15, 60, 24 * 60, 7 * 24 * 60]
const MB = 1_000_000
const GB = 1000 * MB
const FILES = [null, 5 * MB, 10 * MB, 25 * MB, 50 * MB, 100 * MB, 500 * MB, 2 * GB]
const STORAGE = [null, GB, 5 * GB, 20 * GB, 100 * GB, 500 * GB, 2000 * GB]

export function LimitsPage() {
  const policy = usePolicy()
  const most = operatorFileBytesMax()
  const files = FILES.filter((bytes) => bytes === null || !most || bytes < most)
  const limit = (value: number | string | null) => (value === null ? null : Number(value))
  return (
    <>
      <Part title={t('admin.limits_messages')}>
        <Rules>
          <Rule
            label={t('admin.everyone_mentioners')}
            hint={t('admin.everyone_mentioners_hint')}
            value={policy.everyone_mentioners}
            choices={['everyone', 'managers']}
            name={(who) =>
              who === 'managers' ? t('admin.mention_managers') : t('admin.mention_everyone')
            }
            change={(who) => ({ everyone_mentioners: who === 'managers' ? who : 'everyone' })}
          />
          <Rule
            label={t('admin.edit_minutes')}
            hint={t('admin.edit_minutes_hint')}
            value={policy.edit_minutes}
            choices={MINUTES}
            name={minutesName}
            change={(minutes) => ({ edit_minutes: limit(minutes) })}
          />
          <Rule
            label={t('admin.delete_minutes')}
            hint={t('admin.delete_minutes_hint')}
            value={policy.delete_minutes}
            choices={MINUTES}
            name={minutesName}
            change={(minutes) => ({ delete_minutes: limit(minutes) })}
          />
        </Rules>
      </Part>
      <Part title={t('admin.limits_files')}>
        <Rules>
          <Rule
            label={t('admin.file_max')}
            hint={t('admin.file_max_hint')}
            value={policy.file_bytes_max}
            choices={files}
            name={(bytes) =>
              bytes === null
                ? most
                  ? t('admin.file_max_server', { size: formatBytes(most) })
                  : t('admin.no_limit')
                : formatBytes(Number(bytes))
            }
            change={(bytes) => ({ file_bytes_max: limit(bytes) })}
          />
          <Rule
            label={t('admin.storage_max')}
            hint={t('admin.storage_max_hint')}
            value={policy.storage_bytes_max}
            choices={STORAGE}
            name={(bytes) => (bytes === null ? t('admin.no_limit') : formatBytes(Number(bytes)))}
            change={(bytes) => ({ storage_bytes_max: limit(bytes) })}
          />
          <Rule
            label={t('admin.file_links')}
            hint={t('admin.file_links_hint')}
            value={policy.file_links === false ? 'off' : 'on'}
            choices={['on', 'off']}
            name={(choice) => t(choice === 'off' ? 'admin.file_links_off' : 'admin.file_links_on')}
            change={(choice) => ({ file_links: choice === 'on' })}
          />
        </Rules>
      </Part>
      <FileTypesPart />
      <UsagePart />
    </>
  )
}

function minutesName(minutes: number | string | null): string {
  if (minutes === null) return t('admin.always')
  const count = Number(minutes)
  if (count === 0) return t('admin.never')
  if (count % (24 * 60) === 0) return t('people.days', { count: count / (24 * 60) })
  if (count % 60 === 0) return t('admin.hours', { count: count / 60 })
  return t('admin.minutes', { count })
}
