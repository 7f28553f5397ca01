// Custom fields before they are saved, and their values in words and as they are typed. Pure.

import type { Field, FieldKind, FieldOption, FieldValue, Task } from '../../../protocol'
import { fieldOf, nameKey } from './query'

/** Limits, as on the server. */
export const FIELDS_MAX = 100
export const FIELD_OPTIONS_MAX = 100
export const FIELD_TEXT_CHARS_MAX = 500
export const FIELD_NUMBER_MAX = 1e12
const URL_BYTES_MAX = 2_000

/** In the order in which they are offered. */
export const FIELD_KINDS: readonly FieldKind[] = [
  'text',
  'number',
  'date',
  'person',
  'select',
  'multi_select',
  'link',
  'check',
]

/** One chooses from its options. */
export function isSelect(kind: FieldKind): boolean {
  return kind === 'select' || kind === 'multi_select'
}

/** An id that nothing had before, so that what a task once had keeps its meaning. */
export function newFieldId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8))
  return `f_${Array.from(bytes, (byte) => (byte % 36).toString(36)).join('')}`
}

export type FieldsFault =
  | 'no_name'
  | 'same_name'
  | 'reserved'
  | 'no_option'
  | 'option_no_name'
  | 'option_same_name'

/** What is wrong with a list of fields; null if it may be saved. */
export function fieldsFault(fields: readonly Field[]): FieldsFault | null {
  const fault = namesFault(fields)
  if (fault) return fault
  if (fields.some(({ name }) => fieldOf(nameKey(name)))) return 'reserved'
  for (const { kind, options = [] } of fields) {
    if (!isSelect(kind)) continue
    if (options.length === 0) return 'no_option'
    const fault = namesFault(options)
    if (fault) return `option_${fault}`
  }
  return null
}

function namesFault(named: readonly { name: string }[]): 'no_name' | 'same_name' | null {
  const names = named.map(({ name }) => nameKey(name))
  if (names.includes('')) return 'no_name'
  return new Set(names).size < names.length ? 'same_name' : null
}

/** The field with another kind: options are of some kinds alone. */
export function withKind(field: Field, kind: FieldKind, first: string): Field {
  const { options, ...rest } = field
  if (!isSelect(kind)) return { ...rest, kind }
  const none: FieldOption = { id: newFieldId(), name: first, colour: 'grey' }
  return { ...rest, kind, options: options?.length ? options : [none] }
}

/** How many tasks have something of each field, and of each option, as `field option`. */
export function usesOf(tasks: readonly Task[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>()
  const count = (key: string) => uses.set(key, (uses.get(key) ?? 0) + 1)
  for (const { fields = {} } of tasks) {
    for (const [id, value] of Object.entries(fields)) {
      count(id)
      for (const option of chosenOf(value)) count(`${id} ${option}`)
    }
  }
  return uses
}

/** Ids of options: one, several or none. */
export function chosenOf(value: FieldValue | undefined): readonly string[] {
  if (Array.isArray(value)) return value
  return typeof value === 'string' ? [value] : []
}

/** What may be chosen: what is not archived, and what is chosen already. */
export function optionsFor(field: Field, value: FieldValue | undefined): FieldOption[] {
  const chosen = chosenOf(value)
  return (field.options ?? []).filter(({ id, archived }) => !archived || chosen.includes(id))
}

/** What a task shows: every field but the archived ones of which it has nothing. */
export function fieldsFor(fields: readonly Field[] | undefined, task: Task): readonly Field[] {
  return (fields ?? []).filter(({ id, archived }) => !archived || task.fields?.[id] !== undefined)
}

/** How ids read; the caller knows the replica and the language. */
export interface ValueNames {
  member(id: string): string
  day(day: string): string
  number(value: number): string
  list(words: string[]): string
}

/** A value in words. */
export function valueText(
  field: Field | undefined,
  value: FieldValue | null | undefined,
  names: ValueNames,
): string {
  const option = (id: string) => field?.options?.find((one) => one.id === id)?.name ?? id
  if (value === null || value === undefined || typeof value === 'boolean') return ''
  if (typeof value === 'number') return names.number(value)
  if (Array.isArray(value)) return names.list(value.map(option))
  switch (field?.kind) {
    case 'person':
      return names.member(value)
    case 'date':
      return names.day(value)
    case 'select':
      return option(value)
    default:
      return value
  }
}

/** What is typed into a field: a value, null for nothing, or undefined for what is none. */
export function typedValue(kind: FieldKind, text: string): FieldValue | null | undefined {
  const typed = text.trim()
  if (typed === '') return null
  if (kind === 'number') return typedNumber(typed)
  if (kind === 'link') return typedLink(typed)
  return typed.length <= FIELD_TEXT_CHARS_MAX ? typed : undefined
}

/** With signs of full width, and commas or spaces between thousands. */
function typedNumber(typed: string): number | undefined {
  const plain = typed.normalize('NFKC').replace(/(?<=\d)[,\s](?=\d{3})/g, '')
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return undefined
  const number = Number(plain)
  return Math.abs(number) <= FIELD_NUMBER_MAX ? number : undefined
}

/** `example.com/x` is meant as https. */
function typedLink(typed: string): string | undefined {
  const whole = /^[a-z][a-z\d+.-]*:/i.test(typed) ? typed : `https://${typed}`
  const isWeb = /^https?:\/\/[^\s/?#\\@]+([/?#\\]\S*)?$/i.test(whole)
  return isWeb && new TextEncoder().encode(whole).length <= URL_BYTES_MAX ? whole : undefined
}

/** An address without what says nothing. */
export function shortLink(url: string): string {
  return url.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '')
}
