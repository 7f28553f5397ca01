import { Monitor, Moon, Sun } from 'lucide-react'
import { language, setLanguage, t } from '../../i18n'
import { updateMember, useMe } from '../../model/member'
import { changePreferences, usePreferences } from '../../model/preference'
import { setTheme, type Theme, useTheme } from '../../model/theme'
import { UNDO_SEND_CHOICES } from '../../model/undo_send'
import type { Language } from '../../protocol'
import { cx } from '../../ui/class'
import { Select } from '../../ui/Select'
import { isTouch } from '../chat/composer/touch'
import { InstallPart } from './InstallPart'
import { Part } from './Part'

const icons = { system: Monitor, light: Sun, dark: Moon }

/** Theme, language, and the app on this device. */
export function AppearancePage() {
  const me = useMe()
  const choose = (next: Language) => {
    updateMember(me.id, { language: next })
    void setLanguage(next)
  }
  return (
    <>
      <Part title={t('settings.theme')}>
        <ThemeChoice />
      </Part>
      <Part title={t('settings.language')}>
        <Select<Language>
          label={t('settings.language')}
          value={language()}
          onChange={choose}
          options={[
            { value: 'zh-CN', label: '简体中文' },
            { value: 'en', label: 'English' },
          ]}
          className="w-56"
        />
      </Part>
      <UndoSend />
      <InstallPart />
    </>
  )
}

function UndoSend() {
  const { undo_send_s: seconds = 0 } = usePreferences()
  return (
    <Part
      title={t('settings.undo_send')}
      hint={isTouch() ? t('settings.undo_send_hint') : t('settings.undo_send_keys')}
    >
      <Select<string>
        label={t('settings.undo_send')}
        value={String(seconds)}
        onChange={(next) => changePreferences({ undo_send_s: Number(next) })}
        options={UNDO_SEND_CHOICES.map((each) => ({
          value: String(each),
          label: each === 0 ? t('settings.off') : t('settings.seconds', { count: each }),
        }))}
        className="w-56"
      />
    </Part>
  )
}

function ThemeChoice() {
  const theme = useTheme()
  const choices: Theme[] = ['system', 'light', 'dark']
  return (
    <div role="radiogroup" aria-label={t('settings.theme')} className="grid grid-cols-3 gap-2">
      {choices.map((choice) => {
        const Icon = icons[choice]
        return (
          <label
            key={choice}
            className={cx(
              'flex h-20 flex-col items-center justify-center gap-2 rounded-md border text-center',
              'has-focus-visible:outline-2 has-focus-visible:outline-accent',
              theme === choice ? 'border-accent bg-accent-soft' : 'hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name="theme"
              className="sr-only"
              checked={theme === choice}
              onChange={() => setTheme(choice)}
            />
            <Icon size={20} aria-hidden="true" />
            {t(`shell.theme_${choice}`)}
          </label>
        )
      })}
    </div>
  )
}
