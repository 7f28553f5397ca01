// A text that is there to be copied: a link, a token.

import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { t } from '../i18n'
import { Button } from './Button'

export function Copyable({ text, label }: { text: string; label: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <div className="flex gap-2">
      <input
        readOnly
        value={text}
        aria-label={label}
        onFocus={(event) => event.target.select()}
        className="h-8 min-w-0 flex-1 rounded-md border border-line-strong bg-sunken px-2.5 font-mono text-sm"
      />
      <Button
        onClick={() => void copy()}
        icon={isCopied ? <Check size={14} /> : <Copy size={14} />}
        aria-live="polite"
      >
        {isCopied ? t('common.copied') : t('common.copy')}
      </Button>
    </div>
  )
}
