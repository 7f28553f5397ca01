// A block of code: the words at once, their colours when they are known, and a button that copies
// the text. Used by `Markdown.tsx` and by previews of files, within `markdown`.

import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../i18n'
import { useColours } from './useColours'

interface Props {
  text: string
  /** As it was named: `rust`, `ts`; empty for none. */
  language: string
}

export function Fence({ text, language }: Props) {
  const tokens = useColours(text, language)
  const [copied, setCopied] = useState(false)
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <div className="markdown-fence" onPointerLeave={() => setCopied(false)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it. */}
      <pre tabIndex={0}>
        <code data-language={language || undefined}>
          {tokens?.map(({ text: run, kind }, index) =>
            kind ? (
              <span key={index} className={`code-${kind}`}>
                {run}
              </span>
            ) : (
              run
            ),
          ) ?? text}
        </code>
      </pre>
      <div className="markdown-corner">
        {language && <span className="markdown-language">{language}</span>}
        <button type="button" onClick={copy} aria-label={t('chat.copy_code')} className="copy">
          {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        </button>
      </div>
    </div>
  )
}
