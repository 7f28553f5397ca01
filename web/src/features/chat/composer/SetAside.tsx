// Above the composer: what another device had typed here meanwhile. It stays until somebody has
// looked at it.

import { MonitorSmartphone } from 'lucide-react'
import { t } from '../../../i18n'
import { settleSetAside, useSetAside } from '../../../model/draft'
import { Button } from '../../../ui/Button'

interface Props {
  /** The conversation, as the draft is called. */
  home: string
  disabled?: boolean | undefined
}

export function SetAside({ home, disabled }: Props) {
  const texts = useSetAside(home)
  if (texts.length === 0) return null
  return (
    <section
      aria-label={t('draft.set_aside')}
      className="m-1.5 mb-0 flex gap-2 rounded-md bg-sunken px-2.5 py-2 text-sm"
    >
      <MonitorSmartphone size={14} aria-hidden className="mt-1 shrink-0 text-accent-ink" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-soft">{t('draft.set_aside')}</p>
        <ul className="max-h-32 overflow-y-auto">
          {texts.map((text, at) => (
            <li key={`${at} ${text}`} className="whitespace-pre-wrap break-words">
              {text}
            </li>
          ))}
        </ul>
      </div>
      <div className="flex shrink-0 items-start gap-1 max-sm:flex-col">
        <Button size="sm" disabled={disabled} onClick={() => settleSetAside(home, true)}>
          {t('draft.insert')}
        </Button>
        <Button size="sm" variant="ghost" onClick={() => settleSetAside(home, false)}>
          {t('draft.drop')}
        </Button>
      </div>
    </section>
  )
}
