import { useMemo } from 'react'
import { useMembers } from '../../../model/member'
import { useProjectMembers } from '../../../model/project'
import type { Project } from '../../../protocol'
import { presence } from '../logic/templates'

/** Whether somebody can be in a task of the project, as far as this replica can tell. */
export function usePresence(project: Project | undefined): (member: string) => boolean {
  const members = useMembers()
  const inside = useProjectMembers(project?.id ?? '')
  return useMemo(() => presence(project, members, inside), [project, members, inside])
}
