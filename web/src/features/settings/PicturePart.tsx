// A picture that one may choose and take away: the workspace's, one's own.

import { type ReactNode, useRef, useState } from 'react'
import { t } from '../../i18n'
import { Button } from '../../ui/Button'

interface PicturePartProps {
  /** As it is now. */
  picture: ReactNode
  /** Says what it is a picture of. */
  label: string
  change: string
  hint: string
  onChoose(file: File): Promise<unknown>
  /** None if there is nothing to take away. */
  onRemove: (() => Promise<unknown>) | undefined
  /** What went wrong, in the reader's words. */
  explain(failed: unknown): string
}

export function PicturePart(props: PicturePartProps) {
  const { picture, label, change, hint, onChoose, onRemove, explain } = props
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const attempt = async (send: () => Promise<unknown>) => {
    setBusy(true)
    setError('')
    try {
      await send()
    } catch (failed) {
      setError(explain(failed))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="flex items-center gap-4">
      {picture}
      <div>
        <div className="flex gap-2">
          <Button busy={busy} onClick={() => input.current?.click()}>
            {change}
          </Button>
          {onRemove && (
            <Button variant="ghost" disabled={busy} onClick={() => void attempt(onRemove)}>
              {t('settings.picture_remove')}
            </Button>
          )}
        </div>
        <p role={error ? 'alert' : undefined} className="mt-1 text-faint text-sm">
          {error || hint}
        </p>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        aria-label={label}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) void attempt(() => onChoose(file))
          event.target.value = ''
        }}
      />
    </div>
  )
}
