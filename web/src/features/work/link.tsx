// Links in words, the mark of what waits, and the list from which the other task is chosen.

import { Ban } from 'lucide-react'
import { t } from '../../i18n'
import { formatList } from '../../i18n/format'
import { linkTasks, useOpenBlockers } from '../../model/link'
import { loadedTasks, loadTask } from '../../model/task'
import type { Link, LinkKind, Task } from '../../protocol'
import { errorToast } from './errorToast'
import { PickerList } from './pickers/Picker'

/** `blocks ENG-2 (+3 days)` */
export function linkText({ kind, lag_days }: Link, task: string): string {
  const words = `${linkName(kind)} ${task}`
  return lag_days ? t('work.link_with_lag', { link: words, count: lag_days }) : words
}

/** What the task is to the other, as words before its key. */
export function linkName(kind: LinkKind): string {
  return t(`work.link_${kind}`)
}

/** Something open blocks it. Nothing where nothing does. */
export function BlockedMark({ task }: { task: Task }) {
  const blockers = useOpenBlockers(task)
  if (blockers.length === 0 || task.closed_at) return null
  const words = t('work.blocked_by_these', { tasks: formatList(blockers.map(({ key }) => key)) })
  return (
    <span title={words} className="inline-flex shrink-0 items-center text-urgent">
      <Ban size={14} aria-hidden />
      <span className="sr-only">{words}</span>
    </span>
  )
}

interface ListProps {
  task: Task
  kind: LinkKind
  /** Also ends the task, which is a duplicate. */
  close?: boolean
  anchor: Parameters<typeof PickerList>[0]['anchor']
  onClose: () => void
}

const KEY = /^[a-z][a-z0-9]{1,9}-\d+$/i

/** The tasks that are loaded, by key and title; any other by its whole key. */
export function LinkList({ task, kind, close = false, anchor, onClose }: ListProps) {
  const linked = new Set(
    task.links?.filter((link) => link.kind === kind).map((link) => link.task) ?? [],
  )
  const options = loadedTasks()
    .filter((one) => one.id !== task.id && !linked.has(one.id))
    .sort(
      (one, other) => Number(other.project === task.project) - Number(one.project === task.project),
    )
    .map((one) => ({ value: one.id, text: one.title, words: [one.key], hint: one.key }))
  const choose = async (chosen: string) => {
    try {
      const other = KEY.test(chosen) ? (await loadTask(chosen.toUpperCase())).id : chosen
      await linkTasks(task.id, kind, other, close ? { close } : {}).settled
    } catch (failure) {
      errorToast(failure)
    }
  }
  return (
    <PickerList
      anchor={anchor}
      label={linkName(kind)}
      placeholder={t('work.link_search')}
      options={options}
      value={[]}
      create={(text) => {
        const key = text.toUpperCase()
        const isKnown = options.some((option) => option.hint === key)
        return KEY.test(text) && !isKnown ? { value: key, text: key } : null
      }}
      onChange={([chosen]) => chosen && void choose(chosen)}
      onClose={onClose}
    />
  )
}
