import { useRef, useState } from 'react'
import { errorText, t } from '../../i18n'
import { useWorkspace } from '../../model/member'
import { Refused } from '../../model/pending'
import { removeLogo, uploadLogo } from '../../model/policy'
import { Button } from '../../ui/Button'
import { WorkspaceMark } from '../../ui/WorkspaceMark'

/** The picture of the workspace. */
export function LogoPart() {
  const { logo } = useWorkspace()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const change = async (send: () => Promise<unknown>) => {
    setBusy(true)
    setError('')
    try {
      await send()
    } catch (failed) {
      setError(textOf(failed))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="mb-6 flex items-center gap-4">
      <WorkspaceMark logo={logo} size={64} />
      <div>
        <div className="flex gap-2">
          <Button busy={busy} onClick={() => input.current?.click()}>
            {t('admin.logo_change')}
          </Button>
          {logo && (
            <Button variant="ghost" disabled={busy} onClick={() => void change(removeLogo)}>
              {t('settings.picture_remove')}
            </Button>
          )}
        </div>
        <p role={error ? 'alert' : undefined} className="mt-1 text-faint text-sm">
          {error || t('admin.logo_hint')}
        </p>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        aria-label={t('admin.logo')}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) void change(() => uploadLogo(file))
          event.target.value = ''
        }}
      />
    </div>
  )
}

function textOf(failed: unknown): string {
  const code = failed instanceof Refused ? failed.failure.code : 'internal'
  if (code === 'too_large') return t('admin.logo_too_large')
  return code === 'invalid' ? t('admin.logo_wrong') : errorText(code)
}
