/**
 * A task's history in words: entries of the log become activity lines, each a catalogue key with
 * its values. Pure; the pane merges the lines with the conversation by seq.
 */
import type { Entry, FieldValue, Link, Priority, TaskChange } from '../../../protocol'

/** One line of activity. */
export interface Activity {
  seq: number
  at: string
  actor: string
  /** Under `work.activity.` in the catalogue. */
  key: string
  values: Record<string, string>
  /** Before and after of a description, to look at. */
  texts?: { from: string; to: string }
}

/** How ids read; the caller knows the replica and the language. */
export interface Names {
  member(id: string): string
  state(id: string): string
  priority(priority: Priority): string
  due(due: string): string
  type(id: string): string
  link(link: Link): string
  task(id: string): string
  /** A custom field, and a value of it. */
  field(id: string): string
  value(field: string, value: FieldValue): string
  list(words: string[]): string
}

/** Limit: changes of one field by one member within this time read as one. */
export const BURST_MS = 2 * 60_000

interface Step {
  seq: number
  at: string
  actor: string
  change: TaskChange
}

/** The lines, oldest first. Order inside a column is not told; a change taken back vanishes. */
export function activityOf(entries: readonly Entry[], names: Names): Activity[] {
  const lines: Activity[] = []
  let steps: Step[] = []
  const flush = () => {
    for (const step of steps) {
      const line = lineOf(step, names)
      if (line) lines.push(line)
    }
    steps = []
  }
  for (const { seq, at, actor, event } of entries) {
    if (event.type === 'task_changed') {
      for (const change of event.changes) steps = join(steps, { seq, at, actor, change })
      continue
    }
    const key = keyOf(event)
    if (!key) continue
    flush()
    lines.push({ seq, at, actor, key, values: {} })
  }
  flush()
  return gathered(lines)
}

/** What is no change of a field. */
function keyOf(event: Entry['event']): string | undefined {
  switch (event.type) {
    case 'task_created':
      return event.task.source ? 'made' : 'created'
    case 'task_archived':
      return 'archived'
    case 'task_deleted':
      return 'deleted'
    case 'task_restored':
      return 'restored'
    default:
      return undefined
  }
}

/** Several items that one member added one after the other are one line. */
function gathered(lines: readonly Activity[]): Activity[] {
  const told: Activity[] = []
  for (const line of lines) {
    const before = told.at(-1)
    const goes = line.key === 'item_added' && before?.actor === line.actor
    const soon = before && Date.parse(line.at) - Date.parse(before.at) <= BURST_MS
    if (!goes || !soon || !/^items?_added$/.test(before.key)) {
      told.push(line)
      continue
    }
    const number = String(Number(before.values.number ?? 1) + 1)
    told[told.length - 1] = { ...line, key: 'items_added', values: { number } }
  }
  return told
}

/** Adds a step, joined with the burst it continues. */
function join(steps: Step[], next: Step): Step[] {
  const at = steps.findLastIndex(
    (step) => step.actor === next.actor && aboutOf(step.change) === aboutOf(next.change),
  )
  const before = steps[at]
  if (!before || Date.parse(next.at) - Date.parse(before.at) > BURST_MS) return [...steps, next]
  const change = { ...next.change, from: before.change.from } as TaskChange
  return [...steps.toSpliced(at, 1), { ...next, change }]
}

/** What a change is one of: changes of different items or custom fields are different things. */
function aboutOf(change: TaskChange): string {
  if (change.field === 'custom_field') return `custom ${change.id}`
  return change.field === 'item' ? `item ${change.item}` : change.field
}

function lineOf({ change, ...step }: Step, names: Names): Activity | null {
  if (change.field === 'rank') return null
  if (same(change.from, change.to) && !isReordered(change)) return null
  if (change.field === 'item') {
    const words = itemWords(change, names)
    return words && { ...step, ...words }
  }
  if (change.field === 'description')
    return { ...step, key: 'description', values: {}, texts: { from: change.from, to: change.to } }
  return { ...step, ...wordsOf(change, step.actor, names) }
}

/** The same people with another one first: somebody else is responsible. */
function isReordered(change: TaskChange): boolean {
  return change.field === 'assignees' && change.from[0] !== change.to[0]
}

type Words = Pick<Activity, 'key' | 'values'>
type Untold = { field: 'rank' } | { field: 'description' } | { field: 'item' }
type Told = Exclude<TaskChange, Untold>

/** What happened to an item; its place in the list is not told. */
function itemWords(
  { from, to }: Extract<TaskChange, { field: 'item' }>,
  names: Names,
): Words | null {
  if (!from && !to) return null
  if (!from) return { key: 'item_added', values: { item: to?.text ?? '' } }
  if (!to) return { key: 'item_removed', values: { item: from.text } }
  const values = { item: to.text }
  if (!from.done !== !to.done) return { key: to.done ? 'item_done' : 'item_undone', values }
  if (from.text !== to.text)
    return { key: 'item_renamed', values: { from: from.text, to: to.text } }
  if ((from.assignee ?? null) !== (to.assignee ?? null))
    return to.assignee
      ? { key: 'item_assigned', values: { ...values, to: names.member(to.assignee) } }
      : { key: 'item_unassigned', values }
  if ((from.due ?? null) !== (to.due ?? null))
    return to.due
      ? { key: 'item_due', values: { ...values, to: names.due(to.due) } }
      : { key: 'item_due_removed', values }
  return null
}

function wordsOf(change: Told, actor: string, names: Names): Words {
  switch (change.field) {
    case 'title':
      return { key: 'title', values: { from: change.from, to: change.to } }
    case 'state':
      return {
        key: 'state',
        values: { from: names.state(change.from), to: names.state(change.to) },
      }
    case 'type':
      return { key: 'type', values: { from: names.type(change.from), to: names.type(change.to) } }
    case 'start':
      return optionWords('start', change.from, change.to, names.due)
    case 'links':
      return setWords(
        'links',
        change.from.map(names.link),
        change.to.map(names.link),
        String,
        names,
      )
    case 'assignees':
      if (!same(change.from, change.to))
        return peopleWords('assignees', change.from, change.to, actor, names)
      return { key: 'responsible', values: { to: names.member(change.to[0] ?? '') } }
    case 'followers':
      return peopleWords('followers', change.from, change.to, actor, names)
    case 'labels':
      return setWords('labels', change.from, change.to, (label) => label, names)
    case 'priority':
      return {
        key: 'priority',
        values: { from: names.priority(change.from), to: names.priority(change.to) },
      }
    case 'due':
      return optionWords('due', change.from, change.to, names.due)
    case 'estimate':
      return optionWords('estimate', change.from, change.to, String)
    case 'parent':
      return optionWords('parent', change.from, change.to, names.task)
    case 'custom_field':
      return customWords(change, names)
  }
}

/** What was set of a custom field; a check is checked or not. */
function customWords(
  { id, from, to }: Extract<TaskChange, { field: 'custom_field' }>,
  names: Names,
): Words {
  const field = names.field(id)
  if (to === true || from === true)
    return { key: to === true ? 'custom_checked' : 'custom_unchecked', values: { field } }
  const words = optionWords('custom', from, to, (value) => names.value(id, value))
  return { ...words, values: { ...words.values, field } }
}

/** Taking or leaving it oneself reads differently from doing it to others. */
function peopleWords(
  field: 'assignees' | 'followers',
  from: readonly string[],
  to: readonly string[],
  actor: string,
  names: Names,
): Words {
  const added = to.filter((id) => !from.includes(id))
  const removed = from.filter((id) => !to.includes(id))
  if (removed.length === 0 && added.length === 1 && added[0] === actor)
    return { key: `${field}_self_added`, values: {} }
  if (added.length === 0 && removed.length === 1 && removed[0] === actor)
    return { key: `${field}_self_removed`, values: {} }
  return setWords(field, from, to, names.member, names)
}

function setWords(
  field: string,
  from: readonly string[],
  to: readonly string[],
  word: (value: string) => string,
  names: Names,
): Words {
  const added = names.list(to.filter((value) => !from.includes(value)).map(word))
  const removed = names.list(from.filter((value) => !to.includes(value)).map(word))
  const verb = added === '' ? 'removed' : removed === '' ? 'added' : 'changed'
  return { key: `${field}_${verb}`, values: { added, removed } }
}

function optionWords<T>(
  field: string,
  from: T | null | undefined,
  to: T | null | undefined,
  word: (value: T) => string,
): Words {
  if (to === null || to === undefined)
    return {
      key: `${field}_removed`,
      values: { from: from === null || from === undefined ? '' : word(from) },
    }
  if (from === null || from === undefined)
    return { key: `${field}_added`, values: { to: word(to) } }
  return { key: `${field}_changed`, values: { from: word(from), to: word(to) } }
}

function same(from: unknown, to: unknown): boolean {
  if (Array.isArray(from) && Array.isArray(to))
    return from.length === to.length && from.every((value) => to.includes(value))
  return (from ?? null) === (to ?? null)
}
