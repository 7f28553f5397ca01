// Who is in a project: a pop-over with its members, to add and to remove.

import { UserPlus, X } from 'lucide-react'
import type { ReactElement } from 'react'
import { t } from '../../../i18n'
import { isAdmin, useMe, useMembers } from '../../../model/member'
import { addProjectMember, removeProjectMember, useProjectMembers } from '../../../model/project'
import type { Project } from '../../../protocol'
import { Avatar } from '../../../ui/Avatar'
import { IconButton } from '../../../ui/Button'
import { Popover } from '../../../ui/Popover'
import { MemberPicker } from '../pickers'

interface Props {
  project: Project
  /** The button that opens it. */
  children: ReactElement<Record<string, unknown>>
}

export function People({ project, children }: Props) {
  return (
    <Popover label={t('work.people')} align="end" className="w-72 p-2" trigger={children}>
      <PeopleList project={project} />
    </Popover>
  )
}

/** The list alone, for the settings. */
export function PeopleList({ project }: { project: Project }) {
  const me = useMe()
  const ids = useProjectMembers(project.id) ?? []
  const members = useMembers().filter((member) => ids.includes(member.id))
  const mayChange = isAdmin(me) || project.lead === me.id || ids.includes(me.id)
  return (
    <>
      {project.visibility === 'public' && (
        <p className="px-2 pt-1 pb-2 text-faint text-xs">{t('work.visibility_public_hint')}</p>
      )}
      <ul className="max-h-72 overflow-y-auto">
        {members.map((member) => (
          <li key={member.id} className="group flex h-9 items-center gap-2 rounded-md px-2">
            <Avatar member={member} size={24} />
            <span className="min-w-0 flex-1 truncate text-sm">{member.name}</span>
            {member.id === project.lead && (
              <span className="text-faint text-xs">{t('work.lead')}</span>
            )}
            {(mayChange || member.id === me.id) && (
              <IconButton
                size="sm"
                label={
                  member.id === me.id
                    ? t('work.leave')
                    : t('work.person_remove', { name: member.name })
                }
                onClick={() => removeProjectMember(project.id, member.id)}
              >
                <X size={14} aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {(mayChange || project.visibility === 'public') && (
        <MemberPicker
          label={t('work.people_add')}
          value={[]}
          without={ids}
          onChange={([member]) => member && addProjectMember(project.id, member)}
          className="mt-1 h-9 w-full gap-2 px-2 text-sm text-soft"
        >
          <UserPlus size={16} aria-hidden className="mx-1" />
          {t('work.people_add')}
        </MemberPicker>
      )}
    </>
  )
}
