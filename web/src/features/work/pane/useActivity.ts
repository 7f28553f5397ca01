// The history of a task as lines, renewed when the task changes.

import { useEffect, useMemo, useState } from 'react'
import { t } from '../../../i18n'
import { formatList } from '../../../i18n/format'
import { useMe, useMembers } from '../../../model/member'
import { stateOf } from '../../../model/project'
import { knownTask, type LocalTask, loadHistory } from '../../../model/task'
import { typeBy, typeName } from '../../../model/task_type'
import type { Entry, Project } from '../../../protocol'
import { valueNames } from '../field/value'
import { linkText } from '../link'
import { valueText } from '../logic/fields'
import { type Activity, activityOf } from '../logic/history'
import { dueWords, priorityName } from '../pickers'

/** Limit: pages of history that are read, the oldest ones. */
const PAGES_MAX = 10

function fieldBy(project: Project, id: string) {
  return project.fields?.find((field) => field.id === id)
}

/** Undefined until loaded; what was loaded stays while offline. */
export function useActivity(
  task: LocalTask,
  project: Project,
  tasks: readonly LocalTask[],
): Activity[] | undefined {
  const [entries, setEntries] = useState<Entry[]>()
  const me = useMe()
  const members = useMembers()
  useEffect(() => {
    // A task that the server does not know yet has no history.
    if (task.seq === 0) return
    let here = true
    readHistory(task.id).then(
      (read) => here && setEntries(read),
      // Offline or refused: the conversation is there without it, the next change tries again.
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [task.id, task.seq])
  return useMemo(() => {
    // Of other projects too, as far as they are known here.
    const nameOf = (id: string) =>
      tasks.find((one) => one.id === id)?.key ?? knownTask(id)?.key ?? t('work.another_task')
    return (
      entries &&
      activityOf(entries, {
        member: (id) =>
          members.find((member) => member.id === id)?.name ?? t('common.unknown_member'),
        state: (id) => stateOf(project, id)?.name ?? id,
        priority: priorityName,
        type: (id) => typeName(typeBy(project, id)),
        link: (link) => linkText(link, nameOf(link.task)),
        due: (due) => dueWords(due, me.time_zone),
        task: nameOf,
        list: formatList,
        field: (id) => fieldBy(project, id)?.name ?? t('work.field_gone'),
        value: (id, value) =>
          valueText(fieldBy(project, id), value, valueNames(members, me.time_zone)),
      })
    )
  }, [entries, members, project, me.time_zone, tasks])
}

async function readHistory(task: string): Promise<Entry[]> {
  const entries: Entry[] = []
  let cursor: string | undefined
  for (let page = 0; page < PAGES_MAX; page++) {
    const { items, next } = await loadHistory(task, cursor)
    entries.push(...items)
    if (!next) break
    cursor = next
  }
  return entries
}
