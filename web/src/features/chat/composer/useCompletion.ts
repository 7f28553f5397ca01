// What can be completed where the caret stands, and the keys that choose among it.

import { type KeyboardEvent, useMemo, useState } from 'react'
import { useProjects } from '../../../model/project'
import type { SlashName } from './slash'
import { findTrigger } from './trigger'
import { type Surroundings, useOptions } from './useOptions'

const NONE: readonly SlashName[] = []

/** `caret` is null while an input method composes: nothing completes then. */
export function useCompletion(
  caret: number | null,
  value: string,
  around: Surroundings,
  commands: readonly SlashName[] = NONE,
) {
  const projects = useProjects()
  const keys = useMemo(() => projects.map((project) => project.key), [projects])
  const [dismissed, setDismissed] = useState<number | null>(null)
  const [active, setActive] = useState(0)
  const found = caret === null ? null : findTrigger(value, caret, keys)
  const trigger = found && found.start !== dismissed ? found : null
  const options = useOptions(trigger, around, commands)
  const open = trigger !== null && options.length > 0
  const query = trigger ? `${trigger.kind}${trigger.query}` : ''
  const [lastQuery, setLastQuery] = useState(query)
  if (lastQuery !== query) {
    setLastQuery(query)
    setActive(0)
  }
  if (!found && dismissed !== null && caret !== null) setDismissed(null)
  const at = Math.min(active, options.length - 1)
  const step = (by: number) => setActive((at + by + options.length) % options.length)
  const dismiss = () => setDismissed(found?.start ?? null)

  /** True if the key was the completion's. */
  const onKey = (event: KeyboardEvent, pick: (index: number) => void): boolean => {
    if (event.metaKey || event.ctrlKey || event.altKey) return false
    if (event.key === 'ArrowDown') step(1)
    else if (event.key === 'ArrowUp') step(-1)
    else if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey)) pick(at)
    else if (event.key === 'Escape') dismiss()
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  return { open, trigger, options, active: at, setActive, dismiss, onKey }
}
