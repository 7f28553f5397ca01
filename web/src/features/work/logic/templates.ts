// Templates of tasks: what a new task begins with, what is gone of what they name, and the one that
// a task would make. Pure.

import type { Field, Member, Priority, Project, Task, TaskTemplate } from '../../../protocol'
import { addDays, dayOf, daysBetween } from './due'
import { chosenOf } from './fields'
import { nameKey } from './query'

/** Limits, as on the server. */
export const TEMPLATES_MAX = 50
export const TEMPLATE_DAYS_MAX = 3650
export const ESTIMATE_MAX = 1_000_000

/** What the form of a new task shows of a template. */
export interface Beginning {
  title: string
  description: string
  type?: string
  assignees: string[]
  priority: Priority
  labels: string[]
  start: string | null
  due: string | null
}

/** Of no template. */
export const BLANK: Beginning = {
  title: '',
  description: '',
  type: undefined,
  assignees: [],
  priority: 'none',
  labels: [],
  start: null,
  due: null,
}

/** What a task of the template begins with that is made on the day `today`. */
export function beginningOf(
  template: TaskTemplate | undefined,
  today: string,
  isThere: (member: string) => boolean,
): Beginning {
  if (!template) return BLANK
  const after = (days: number | null | undefined) =>
    days === null || days === undefined ? null : addDays(today, days)
  return {
    title: template.title ?? '',
    description: template.description ?? '',
    type: template.type ?? undefined,
    assignees: (template.assignees ?? []).filter(isThere),
    priority: template.priority ?? 'none',
    labels: template.labels ?? [],
    start: after(template.start_days),
    due: after(template.due_days),
  }
}

/** The form with another template: what was changed by hand since `from` stays. */
export function refilled(form: Beginning, from: Beginning, to: Beginning): Beginning {
  const next: Beginning = { ...form }
  const refill = <K extends keyof Beginning>(key: K) => {
    if (same(form[key], from[key])) next[key] = to[key]
  }
  for (const key of Object.keys(BLANK) as (keyof Beginning)[]) refill(key)
  return next
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** A name is missing, or another template has it. */
export function nameFault(
  name: string,
  others: readonly TaskTemplate[],
): 'no_name' | 'same_name' | null {
  const key = nameKey(name)
  if (key === '') return 'no_name'
  return others.some((other) => nameKey(other.name) === key) ? 'same_name' : null
}

/** What a template names that is not there any more. */
export interface Missing {
  members: string[]
  /** Ids of fields that the project has no more, or that are archived. */
  fields: string[]
  /** Options of fields that are there. */
  options: { field: Field; ids: string[] }[]
}

/** `isThere`: whether a member is active and sees the project. */
export function missingOf(
  template: TaskTemplate,
  project: Project,
  isThere: (member: string) => boolean,
): Missing {
  const members = new Set((template.assignees ?? []).filter((id) => !isThere(id)))
  const missing: Missing = { members: [], fields: [], options: [] }
  for (const [id, value] of Object.entries(template.fields ?? {})) {
    const field = project.fields?.find((one) => one.id === id)
    if (!field || field.archived) missing.fields.push(id)
    else if (field.kind === 'person' && typeof value === 'string' && !isThere(value))
      members.add(value)
    else if (field.kind === 'select' || field.kind === 'multi_select') {
      const usable = (field.options ?? []).filter(({ archived }) => !archived)
      const ids = chosenOf(value).filter((one) => usable.every((option) => option.id !== one))
      if (ids.length > 0) missing.options.push({ field, ids })
    }
  }
  return { ...missing, members: [...members] }
}

export function isMissing({ members, fields, options }: Missing): boolean {
  return members.length + fields.length + options.length > 0
}

/** The template without them. */
export function withoutMissing(template: TaskTemplate, missing: Missing): TaskTemplate {
  const isGone = (id: string) => missing.members.includes(id)
  const fields: TaskTemplate['fields'] = {}
  for (const [id, value] of Object.entries(template.fields ?? {})) {
    if (missing.fields.includes(id) || (typeof value === 'string' && isGone(value))) continue
    const gone = missing.options.find(({ field }) => field.id === id)?.ids ?? []
    const kept = Array.isArray(value) ? value.filter((one) => !gone.includes(one)) : value
    const isNothing = Array.isArray(kept) ? kept.length === 0 : gone.includes(String(kept))
    if (!isNothing) fields[id] = kept
  }
  return {
    ...template,
    assignees: (template.assignees ?? []).filter((id) => !isGone(id)),
    fields,
  }
}

/** What a task would be a template of; its dates count from the day on which it was made. */
export function templateOf(task: Task, id: string, zone: string): TaskTemplate {
  const made = dayOf(task.created_at, zone)
  const days = (date: string | null | undefined) => {
    const days = date ? daysBetween(made, dayOf(date, zone)) : -1
    return days >= 0 && days <= TEMPLATE_DAYS_MAX ? days : undefined
  }
  return {
    id,
    name: [...task.title].slice(0, 80).join(''),
    title: task.title,
    description: task.description,
    type: task.type ?? 'task',
    priority: task.priority,
    labels: task.labels,
    assignees: task.assignees,
    start_days: days(task.start),
    due_days: days(task.due),
    estimate: task.estimate,
    checklist: task.checklist?.map(({ text }) => text),
    fields: task.fields,
  }
}

/** As it is sent: without what was left empty. */
export function trimmed(template: TaskTemplate, items: readonly string[]): TaskTemplate {
  const checklist = items.map((text) => text.trim()).filter((text) => text !== '')
  return { ...template, name: template.name.trim(), title: template.title?.trim(), checklist }
}

/** Whether somebody is active and sees the project, as far as a replica can tell. */
export function presence(
  project: Project | undefined,
  members: readonly Member[],
  inside: readonly string[] | undefined,
): (member: string) => boolean {
  const active = new Map(members.filter((it) => it.active).map((member) => [member.id, member]))
  return (id) => {
    const member = active.get(id)
    if (!member || !project) return false
    if (!inside || inside.includes(id)) return true
    // In a space whoever is there sees it, and a replica does not know who that is.
    return project.visibility === 'public' && (member.role !== 'guest' || !!project.space)
  }
}

/** What is typed into a field for days: a whole number, null for nothing, undefined for neither. */
export function typedDays(text: string): number | null | undefined {
  return typedUpTo(text, /^\d+$/, TEMPLATE_DAYS_MAX)
}

export function typedPoints(text: string): number | null | undefined {
  return typedUpTo(text, /^(\d+\.?\d*|\.\d+)$/, ESTIMATE_MAX)
}

function typedUpTo(text: string, form: RegExp, max: number): number | null | undefined {
  const plain = text.normalize('NFKC').trim()
  if (plain === '') return null
  const number = form.test(plain) ? Number(plain) : Number.NaN
  return number <= max ? number : undefined
}
