// The custom fields that a list or the cards of a board show: chosen for each project, remembered
// on this device.

import { useMemo, useState } from 'react'
import { useMe, useMembers } from '../../../model/member'
import type { Field, Member, Project } from '../../../protocol'
import type { ValueNames } from '../logic/fields'
import { readStored, store } from '../shown'
import { valueNames } from './value'

/** What rows and cards need to show them. It stays the same object while nothing of it changes, so
 *  that a card is not drawn anew and subscribes to nothing. */
export interface ShownFields {
  fields: readonly Field[]
  names: ValueNames
}

export interface FieldChoice {
  shown: ShownFields
  /** What can be chosen; archived ones cannot. */
  fields: readonly Field[]
  toggle: (field: string) => void
}

const NOBODY: readonly Member[] = []

export function useShownFields(project: Project, face: 'board' | 'list'): FieldChoice {
  const key = `tenon.${face}.fields.${project.id}`
  const [chosen, setChosen] = useState(() => readStored<readonly string[]>(key) ?? [])
  const usable = useMemo(
    () => (project.fields ?? []).filter(({ archived }) => !archived),
    [project.fields],
  )
  const fields = useMemo(() => usable.filter(({ id }) => chosen.includes(id)), [usable, chosen])
  const members = useMembers()
  const people = fields.some(({ kind }) => kind === 'person') ? members : NOBODY
  const zone = useMe().time_zone
  const shown = useMemo(() => ({ fields, names: valueNames(people, zone) }), [fields, people, zone])
  const toggle = (field: string) => {
    const others = chosen.filter((one) => one !== field)
    const next = others.length < chosen.length ? others : [...chosen, field]
    store(key, next)
    setChosen(next)
  }
  return { shown, fields: usable, toggle }
}
