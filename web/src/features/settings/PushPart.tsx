// Notifications on this device while Tenon is closed, and what stands in their way.

import { errorText, t } from '../../i18n'
import { type Push, usePush } from '../../model/push'
import { Switch } from '../../ui/Field'
import { Part } from './Part'

export function PushPart() {
  const push = usePush()
  const { state, busy, change } = push
  const canChange = state === 'on' || state === 'off'
  const note = noteOf(push)
  return (
    <Part title={t('settings.push')} hint={t('settings.push_hint')}>
      <div className="flex max-w-md flex-col gap-3">
        <Switch
          label={t('settings.push_switch')}
          checked={state === 'on'}
          disabled={!canChange || busy}
          onChange={change}
        />
        {note && (
          <p role="status" className="text-sm text-soft">
            {note}
          </p>
        )}
      </div>
    </Part>
  )
}

function noteOf({ state, failure }: Push): string | undefined {
  if (failure) return failure === 'browser' ? t('settings.push_failed') : errorText(failure)
  if (state === 'blocked') return t('settings.push_blocked')
  if (state === 'missing') return t('settings.push_missing')
  if (state === 'insecure') return t('settings.push_insecure')
  return undefined
}
