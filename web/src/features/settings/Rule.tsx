// One rule of the workspace: what it is about, and a choice that holds as soon as it is made.

import { useState } from 'react'
import { t } from '../../i18n'
import { failureText } from '../../model/pending'
import { changePolicy } from '../../model/policy'
import type { ChangePolicy } from '../../protocol'
import { Select } from '../../ui/Select'
import { toast } from '../../ui/Toast'

interface RuleProps {
  label: string
  hint?: string
  /** As it is now; `null` where there is no limit. */
  value: number | string | null | undefined
  choices: readonly (number | string | null)[]
  /** What a choice is called. */
  name(choice: number | string | null): string
  change(choice: number | string | null): ChangePolicy
}

const NONE = 'none'

export function Rule({ label, hint, value, choices, name, change }: RuleProps) {
  const [busy, setBusy] = useState(false)
  const current = value ?? null
  // Something else may have been set by a program.
  const all = choices.includes(current) ? choices : [current, ...choices]
  const choose = async (key: string) => {
    const chosen = all.find((each) => String(each ?? NONE) === key)
    if (chosen === undefined || chosen === current) return
    setBusy(true)
    try {
      await changePolicy(change(chosen))
      toast({ title: t('settings.saved') })
    } catch (error) {
      toast({ title: failureText(error as Error), kind: 'error' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="flex items-center gap-4 py-3 max-md:flex-col max-md:items-stretch max-md:gap-2">
      <div className="min-w-0 flex-1">
        <div className="font-medium">{label}</div>
        {hint && <div className="text-faint text-sm">{hint}</div>}
      </div>
      <Select
        label={label}
        disabled={busy}
        className="min-w-40"
        value={String(current ?? NONE)}
        onChange={(key) => void choose(key)}
        options={all.map((each) => ({ value: String(each ?? NONE), label: name(each) }))}
      />
    </div>
  )
}

/** Rules that belong together, a line between them. */
export function Rules({ children }: { children: React.ReactNode }) {
  return <div className="divide-y divide-line border-y">{children}</div>
}
