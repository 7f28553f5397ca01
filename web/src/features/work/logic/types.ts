// Changes of a project's types before they are saved. Pure.

import type { TaskType } from '../../../protocol'

/** Limit: types of one project. */
export const TYPES_MAX = 30

type Types = readonly TaskType[]

/** An id for a new type: unique, also among those that were removed. */
export function newTypeId(types: Types): string {
  const taken = new Set(types.flatMap(({ id, replaces }) => [id, ...(replaces ?? [])]))
  for (let number = 1; ; number++) {
    if (!taken.has(`type_${number}`)) return `type_${number}`
  }
}

/** Without a type, whose tasks another takes, with those that it had taken itself. */
export function withoutType(types: Types, id: string, into: string): Types {
  const gone = types.find((type) => type.id === id)
  if (!gone || id === into) return types
  return types
    .filter((type) => type !== gone)
    .map((type) =>
      type.id === into
        ? { ...type, replaces: [...(type.replaces ?? []), id, ...(gone.replaces ?? [])] }
        : type,
    )
}

/** What is wrong with a list of types, by the reader's catalogue; null if it may be saved. */
export function typesFault(
  types: Types,
  nameOf: (type: TaskType) => string,
): 'no_name' | 'same_name' | null {
  const names = types.map((type) => nameOf(type).trim().toLowerCase())
  if (names.some((name) => name === '')) return 'no_name'
  return new Set(names).size < names.length ? 'same_name' : null
}
