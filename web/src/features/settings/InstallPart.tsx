// The UI as an app of this device: offered, told how, or told that it is one.

import { Check, Download } from 'lucide-react'
import { t } from '../../i18n'
import { install, useInstall } from '../../model/install'
import { Button } from '../../ui/Button'
import { Part } from './Part'

export function InstallPart() {
  const installing = useInstall()
  return (
    <Part title={t('settings.app')} hint={t('settings.app_hint')}>
      {installing === 'offered' ? (
        <Button icon={<Download size={14} aria-hidden />} onClick={() => void install()}>
          {t('settings.app_install')}
        </Button>
      ) : (
        <p className="flex items-center gap-1.5">
          {installing === 'installed' && <Check size={14} aria-hidden className="text-done" />}
          {t(`settings.app_${installing}`)}
        </p>
      )}
    </Part>
  )
}
