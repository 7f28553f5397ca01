// What may follow in the query that one types: fields, operators, people by pinyin, states, labels,
// dates. Nothing is offered for words alone beyond the fields that begin like them.

import { Calendar, Circle, ListFilter, Tag, UserRound } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { language, t, useLanguage } from '../../i18n'
import { useMembers } from '../../model/member'
import { useProjects } from '../../model/project'
import { typeName, typesOf } from '../../model/task_type'
import type { FieldKind, Member, State, TaskType } from '../../protocol'
import { Avatar } from '../../ui/Avatar'
import { rankBy } from '../palette/match'
import { loadPinyin } from '../palette/pinyin'
import { StateIcon } from './icon'
import { LabelDot } from './label'
import { PRIORITIES } from './logic/filter'
import {
  complete,
  DATES,
  FIELDS,
  type FieldWords,
  isQuery,
  nameKey,
  operatorsOf,
  type Typing,
  typingOf,
  written,
} from './logic/query'
import { priorityOptions } from './pickers/PriorityPicker'
import { TypeIconMark } from './type'

export interface Completion {
  id: string
  title: string
  hint: string | undefined
  icon: ReactNode
  /** The whole text once it is taken. */
  text: string
}

interface Choice {
  value: string
  title?: string
  hint?: string
  icon?: ReactNode
  texts?: readonly string[]
}

/** Limit: completions shown. */
const SHOWN_MAX = 10
const CATEGORIES = ['backlog', 'todo', 'doing', 'done', 'cancelled'] as const

export function useCompletions(
  text: string,
  states: readonly State[],
  labels: readonly string[],
): Completion[] {
  const members = useMembers()
  const types = useTypes()
  const custom = useCustomFields()
  const spoken = useLanguage()
  const [sounds, setSounds] = useState(false)
  useEffect(() => {
    loadPinyin().then(() => setSounds(true))
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: sounds and language change matches
  return useMemo(() => {
    const typing = typingOf(text, custom)
    const choices = choicesOf(typing, { text, members, states, types, labels, custom })
    const folded = rankBy(choices, typing.typed, (one) => one.texts ?? [one.value])
    // What is written whole needs no completion.
    const offered = folded.filter(({ value }) => value !== typing.typed)
    return offered.slice(0, SHOWN_MAX).map((choice) => ({
      id: choice.value,
      title: choice.title ?? choice.value,
      hint: choice.hint,
      icon: choice.icon ?? <ListFilter size={14} aria-hidden />,
      text: complete(text, typing, choice.value),
    }))
  }, [text, members, states, types, labels, custom, sounds, spoken])
}

interface About {
  text: string
  members: readonly Member[]
  states: readonly State[]
  types: readonly TaskType[]
  labels: readonly string[]
  custom: readonly FieldWords[]
}

function choicesOf(typing: Typing, about: About): Choice[] {
  switch (typing.part) {
    case 'field':
      // Among words alone a field is offered at the beginning only.
      return typing.start === 0 || isQuery(about.text) ? fields(about.custom) : []
    case 'order':
      return fields([])
    case 'operator':
      return typing.field ? operatorsOf(typing.field).map((value) => ({ value })) : []
    case 'joint':
      return ['AND', 'OR', 'ORDER BY'].map((value) => ({ value }))
    case 'value':
      return values(typing, about)
  }
}

function fields(custom: readonly FieldWords[]): Choice[] {
  const isChinese = language() === 'zh-CN'
  const own = custom.map(({ names }) => ({
    value: written(names[0] ?? ''),
    title: names[0] ?? '',
    texts: names,
  }))
  const known = FIELDS.map(({ names }) => {
    const own = names.find((name) => /[一-龥]/.test(name)) ?? names[0] ?? ''
    const value = isChinese ? own : (names[0] ?? '')
    return { value, hint: isChinese ? names[0] : undefined, texts: names }
  })
  return [...known, ...own]
}

function values({ field }: Typing, { members, states, types, labels }: About): Choice[] {
  switch (field?.kind) {
    case 'person':
      return people(members)
    case 'flag':
      return (language() === 'zh-CN' ? ['是', '否'] : ['true', 'false']).map((value) => ({ value }))
    case 'type':
      return typeChoices(types)
    case 'state':
      return states.map((state) => ({
        value: written(state.name),
        title: state.name,
        texts: [state.name, state.id],
        icon: <StateIcon category={state.category} />,
      }))
    case 'category':
      return CATEGORIES.map((category) => ({
        value: language() === 'zh-CN' ? t(`work.category_${category}`) : category,
        title: t(`work.category_${category}`),
        texts: [category, t(`work.category_${category}`)],
        icon: <StateIcon category={category} />,
      }))
    case 'priority':
      return priorityOptions().map(({ value, text, icon }) => ({
        value: PRIORITIES.find((one) => one === value) ?? value,
        title: text,
        hint: value,
        texts: [value, text],
        icon,
      }))
    case 'label':
      return labels.map((label) => ({
        value: written(label),
        title: label,
        texts: [label],
        icon: label ? <LabelDot label={label} /> : <Tag size={14} aria-hidden />,
      }))
    case 'option':
      return (field.options ?? []).map((name) => ({
        value: written(name),
        title: name,
        texts: [name],
      }))
    case 'date':
      return DATES.map((value) => ({ value, icon: <Calendar size={14} aria-hidden /> }))
    default:
      return []
  }
}

const KINDS: Record<FieldKind, FieldWords['kind']> = {
  text: 'line',
  link: 'line',
  number: 'number',
  date: 'date',
  person: 'person',
  select: 'option',
  multi_select: 'option',
  check: 'flag',
}

/** The custom fields of every project, by name once, with the options of all of that name. */
export function useCustomFields(): readonly FieldWords[] {
  const projects = useProjects()
  return useMemo(() => {
    const byName = new Map<string, FieldWords>()
    for (const { name, kind, options = [], archived } of projects.flatMap(
      (project) => project.fields ?? [],
    )) {
      if (archived) continue
      const key = nameKey(name)
      const known = byName.get(key)
      const names = options.filter((one) => !one.archived).map((one) => one.name)
      byName.set(key, {
        kind: known?.kind ?? KINDS[kind],
        names: known?.names ?? [name],
        ...(kind === 'check' ? {} : { empty: true as const }),
        options: [...new Set([...(known?.options ?? []), ...names])],
      })
    }
    return [...byName.values()]
  }, [projects])
}

/** Every type of every project, by name once. */
function useTypes(): readonly TaskType[] {
  const projects = useProjects()
  return useMemo(() => {
    const byName = new Map<string, TaskType>()
    for (const type of projects.flatMap(typesOf)) byName.set(typeName(type), type)
    return [...byName.values()]
  }, [projects])
}

function typeChoices(types: readonly TaskType[]): Choice[] {
  return types.map((type) => ({
    value: written(typeName(type)),
    title: typeName(type),
    texts: [typeName(type), type.id],
    icon: <TypeIconMark type={type} />,
  }))
}

function people(members: readonly Member[]): Choice[] {
  const me = {
    value: 'currentUser()',
    title: t('work.query_me'),
    hint: 'currentUser()',
    texts: ['currentUser()', 'me', t('work.query_me')],
    icon: <UserRound size={14} aria-hidden />,
  }
  const nobody = {
    value: 'EMPTY',
    title: t('work.nobody'),
    hint: 'EMPTY',
    texts: ['EMPTY', t('work.nobody')],
    icon: <Circle size={14} aria-hidden />,
  }
  const active = members.filter((member) => member.active && member.kind !== 'bot')
  const named = active.map((member) => ({
    value: written(member.handle),
    title: member.name,
    hint: `@${member.handle}`,
    texts: [member.name, member.handle],
    icon: <Avatar member={member} size={20} />,
  }))
  return [me, ...named, nobody]
}
