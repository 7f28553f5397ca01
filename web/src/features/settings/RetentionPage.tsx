// How long messages and files are kept: for administrators. A rule that erases more is shown with
// its numbers first, and holds only once these are confirmed.

import { useState } from 'react'
import { errorText, t } from '../../i18n'
import { formatWhen } from '../../i18n/format'
import { failureText } from '../../model/pending'
import {
  erasesMore,
  RETENTION_FIELDS,
  type RetentionField,
  setRetention,
  useRetention,
  useRetentionReport,
} from '../../model/retention'
import type { Erasure, Retention, RetentionRule } from '../../protocol'
import { Button } from '../../ui/Button'
import { toast } from '../../ui/Toast'
import { FormError } from '../account/person'
import { Part } from './Part'
import { Rules } from './Rule'
import { DaysSelect, daysName } from './retention/DaysSelect'
import { OwnRules } from './retention/OwnRules'
import { Preview } from './retention/Preview'

const names: Record<RetentionField, () => string> = {
  public_days: () => t('retention.public'),
  private_days: () => t('retention.private'),
  direct_days: () => t('retention.direct'),
  file_days: () => t('retention.files'),
}

export function RetentionPage() {
  const retention = useRetention()
  const { report, failure, reload } = useRetentionReport()
  return (
    <>
      <FormError text={failure && errorText(failure.code)} />
      {/* Somebody else may have changed them meanwhile: then the choice begins anew. */}
      <Whole key={JSON.stringify(retention)} retention={retention} onChanged={reload} />
      {report && <OwnRules report={report} onChanged={reload} />}
      {report && <Lately erasures={report.erasures} />}
    </>
  )
}

function Whole({ retention, onChanged }: { retention: Retention; onChanged(): void }) {
  const [draft, setDraft] = useState(retention)
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const changed = RETENTION_FIELDS.some((field) => (draft[field] ?? 0) !== (retention[field] ?? 0))
  const shorter = erasesMore(retention, draft)
  const wish = { of: 'workspace' as const, retention: draft }
  const save = async () => {
    setBusy(true)
    try {
      await setRetention(wish)
      toast({ title: t('settings.saved') })
      onChanged()
    } catch (error) {
      toast({ title: failureText(error as Error), kind: 'error' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Part hint={t('retention.hint')}>
      <Rules>
        {RETENTION_FIELDS.map((field) => (
          <div key={field} className="flex items-center gap-4 py-3">
            <div className="min-w-0 flex-1">
              <div className="font-medium">{names[field]()}</div>
              {field === 'file_days' && (
                <div className="text-faint text-sm">{t('retention.files_hint')}</div>
              )}
            </div>
            <DaysSelect
              label={names[field]()}
              days={draft[field]}
              onChange={(days) => {
                const { [field]: _, ...rest } = draft
                setAsking(false)
                setDraft(days === undefined ? rest : { ...rest, [field]: days })
              }}
            />
          </div>
        ))}
      </Rules>
      <p className="mt-3 text-faint text-sm">{t('retention.backups')}</p>
      {changed && (
        <div className="mt-4 flex flex-wrap items-center gap-2">
          {shorter ? (
            <Button variant="primary" disabled={asking} onClick={() => setAsking(true)}>
              {t('retention.preview')}
            </Button>
          ) : (
            <Button variant="primary" disabled={busy} onClick={() => void save()}>
              {t('common.save')}
            </Button>
          )}
          <Button
            onClick={() => {
              setAsking(false)
              setDraft(retention)
            }}
          >
            {t('common.cancel')}
          </Button>
        </div>
      )}
      {asking && <Preview wish={wish} onDone={onChanged} onCancel={() => setAsking(false)} />}
    </Part>
  )
}

function Lately({ erasures }: { erasures: readonly Erasure[] }) {
  return (
    <Part title={t('retention.lately')} hint={t('retention.lately_hint')}>
      {erasures.length === 0 ? (
        <p className="text-faint">{t('retention.lately_none')}</p>
      ) : (
        <ul className="divide-y divide-line rounded-md border">
          {erasures.map(({ hour, rule, messages, files }) => (
            <li
              key={`${hour} ${rule.kind} ${rule.days}`}
              className="flex gap-x-4 gap-y-0.5 px-3 py-2 max-md:flex-col"
            >
              <span className="shrink-0 text-faint md:w-32">{formatWhen(hour)}</span>
              <span className="min-w-0 flex-1">
                {[
                  ...(messages > 0 ? [t('retention.messages', { count: messages })] : []),
                  ...(files > 0 ? [t('retention.files_count', { count: files })] : []),
                ].join(t('retention.and'))}
              </span>
              <span className="text-faint">{`${ruleName(rule)} · ${daysName(rule.days)}`}</span>
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}

function ruleName({ kind }: RetentionRule): string {
  switch (kind) {
    case 'public':
      return t('retention.public')
    case 'private':
      return t('retention.private')
    case 'direct':
      return t('retention.direct')
    case 'channel':
      return t('retention.own_rule')
    case 'files':
      return t('retention.files')
  }
}
