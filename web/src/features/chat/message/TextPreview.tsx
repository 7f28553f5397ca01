// How a text begins that a message carries, as a block of code; more of it when asked for.

import { useState } from 'react'
import { t } from '../../../i18n'
import { useBeginning } from '../../../model/file'
import type { File as Carried } from '../../../protocol'
import { Fence } from '../../../ui/markdown/Fence'

/** Lines that are shown at first. */
const LINES = 8
/** A line of a block, px: its room is kept while the text is on its way. */
const LINE_PX = 19
/** Bytes of a line, where nothing is known of it yet. */
const LINE_BYTES = 40

export function TextPreview({ file }: { file: Carried }) {
  const beginning = useBeginning(file)
  const [isOpen, setOpen] = useState(false)
  if (beginning === null) return null
  if (beginning === undefined) {
    const lines = Math.min(LINES, Math.ceil(file.size / LINE_BYTES))
    return <div style={{ height: (lines + 1) * LINE_PX }} />
  }
  const lines = beginning.text.replace(/\s+$/, '').split('\n')
  const hasMore = lines.length > LINES
  const shown = isOpen ? lines : lines.slice(0, LINES)
  return (
    <div className="markdown mt-1 max-w-180">
      <Fence text={shown.join('\n')} language={languageOf(file.name)} />
      <div className="flex gap-3 text-faint text-xs">
        {hasMore && (
          <button
            type="button"
            aria-expanded={isOpen}
            className="rounded-sm text-accent-ink hover:underline"
            onClick={() => setOpen(!isOpen)}
          >
            {t(isOpen ? 'file.less' : 'file.more_lines')}
          </button>
        )}
        {!beginning.isWhole && (isOpen || !hasMore) && <span>{t('file.beginning')}</span>}
      </div>
    </div>
  )
}

function languageOf(name: string): string {
  return /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}
