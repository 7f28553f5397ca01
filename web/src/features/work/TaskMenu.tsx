// What can be done with one task, as a menu beside its card, its row or the head of its pane.

import { Menu as Base } from '@base-ui/react/menu'
import {
  Archive,
  ArchiveRestore,
  ArrowRightLeft,
  ArrowUpToLine,
  Bell,
  BellOff,
  CalendarDays,
  Copy,
  ExternalLink,
  FileStack,
  Link2,
  Tag,
  Trash2,
  UserRound,
  Workflow,
} from 'lucide-react'
import { useRef, useState } from 'react'
import { openTask, taskHref } from '../../app/place'
import { t } from '../../i18n'
import { LINK_KINDS } from '../../model/link'
import { isAdmin, useMe } from '../../model/member'
import { useProject } from '../../model/project'
import { followTask, moveTask, updateTask, useTask } from '../../model/task'
import type { LinkKind, Project, Task } from '../../protocol'
import { Confirm } from '../../ui/Dialog'
import { MenuCheck, MenuItem, MenuLine, MenuSub } from '../../ui/Menu'
import { archive, remove, restore } from './aside'
import { copyText } from './copy'
import type { Field, OpenField } from './field/FieldPopup'
import { PriorityIcon, StateIcon } from './icon'
import { LinkList, linkName } from './link'
import { PRIORITIES } from './logic/filter'
import { priorityName } from './pickers'
import { SaveTemplate } from './template/SaveTemplate'

interface Props {
  task: string
  anchor: HTMLElement
  onClose: () => void
  /** Opens the pop-up of a field; the anchor stays the card. */
  onField: OpenField
  /** The first card of the task's column, for "move to top". */
  top?: string
}

/** Mount it to open it. */
export function TaskMenu({ task: id, anchor, onClose, onField, top }: Props) {
  const task = useTask(id)
  const project = useProject(task?.project)
  const [deleting, setDeleting] = useState(false)
  const [linking, setLinking] = useState<LinkKind | null>(null)
  const [saving, setSaving] = useState(false)
  // Choosing an item also closes the menu, before the state above has changed.
  const asking = useRef(false)
  if (!task || !project) return null
  if (linking)
    return (
      <LinkList
        task={task}
        kind={linking}
        close={linking === 'duplicates'}
        anchor={anchor}
        onClose={onClose}
      />
    )
  if (saving) return <SaveTemplate task={task} project={project} onClose={onClose} />
  if (deleting)
    return (
      <Confirm
        open
        onOpenChange={(open) => !open && onClose()}
        title={t('work.delete_title', { key: task.key })}
        description={t('work.delete_hint')}
        action={t('work.delete')}
        danger
        onConfirm={() => remove(task)}
      />
    )
  return (
    <Base.Root open modal={false} onOpenChange={(open) => !open && !asking.current && onClose()}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} align="start" sideOffset={4} className="z-50">
          <Base.Popup className="popup min-w-52 p-1" finalFocus={() => anchor}>
            {!task.archived && (
              <Fields
                task={task}
                project={project}
                top={top}
                onField={(field) => onField(task, field, anchor)}
                onLink={(kind) => {
                  asking.current = true
                  setLinking(kind)
                }}
              />
            )}
            <Ways task={task} />
            <Saving
              project={project}
              onSave={() => {
                asking.current = true
                setSaving(true)
              }}
            />
            <MenuLine />
            {task.archived ? (
              <MenuItem icon={<ArchiveRestore size={14} />} onClick={() => restore(task)}>
                {t('work.restore')}
              </MenuItem>
            ) : (
              <MenuItem icon={<Archive size={14} />} onClick={() => archive(task)}>
                {t('work.archive_task')}
              </MenuItem>
            )}
            <MenuItem
              icon={<Trash2 size={14} />}
              danger
              onClick={() => {
                asking.current = true
                setDeleting(true)
              }}
            >
              {t('work.delete')}
            </MenuItem>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

interface FieldsProps {
  task: Task
  project: Project
  top?: string
  onField: (field: Field) => void
  onLink: (kind: LinkKind) => void
}

/** What of it can be changed. */
function Fields({ task, project, top, onField, onLink }: FieldsProps) {
  return (
    <>
      <Change task={task} project={project} top={top} />
      <MenuItem icon={<UserRound size={14} />} shortcut="A" onClick={() => onField('assignees')}>
        {t('work.assign')}
      </MenuItem>
      <MenuItem icon={<CalendarDays size={14} />} shortcut="D" onClick={() => onField('due')}>
        {t('work.due')}
      </MenuItem>
      <MenuItem icon={<Tag size={14} />} shortcut="L" onClick={() => onField('labels')}>
        {t('work.labels')}
      </MenuItem>
      <MenuSub icon={<Workflow size={14} />} label={t('work.link_add')}>
        {LINK_KINDS.map((kind) => (
          <MenuItem key={kind} onClick={() => onLink(kind)}>
            {kind === 'duplicates' ? t('work.link_duplicate_close') : linkName(kind)}…
          </MenuItem>
        ))}
      </MenuSub>
      <MenuLine />
    </>
  )
}

/** Where it stands: state, place, priority. */
function Change({ task, project, top }: { task: Task; project: Project; top?: string }) {
  return (
    <>
      <MenuSub icon={<ArrowRightLeft size={14} />} label={t('work.move_to')}>
        {project.workflow.states.map((state) => (
          <MenuCheck
            key={state.id}
            closes
            checked={state.id === task.state}
            icon={<StateIcon category={state.category} />}
            onChange={() => state.id !== task.state && moveTask(task.id, { state: state.id })}
          >
            {state.name}
          </MenuCheck>
        ))}
      </MenuSub>
      {top && top !== task.id && (
        <MenuItem
          icon={<ArrowUpToLine size={14} />}
          onClick={() => moveTask(task.id, { before: top })}
        >
          {t('work.move_top')}
        </MenuItem>
      )}
      <MenuSub icon={<PriorityIcon priority="medium" />} label={t('work.priority')}>
        {PRIORITIES.map((priority) => (
          <MenuCheck
            key={priority}
            closes
            checked={priority === task.priority}
            icon={<PriorityIcon priority={priority} />}
            onChange={() => updateTask(task.id, { priority })}
          >
            {priorityName(priority)}
          </MenuCheck>
        ))}
      </MenuSub>
    </>
  )
}

/** Ways to it: open, follow, link. */
function Ways({ task }: { task: Task }) {
  const me = useMe()
  const follows = task.followers?.includes(me.id) ?? false
  return (
    <>
      <MenuItem icon={<ExternalLink size={14} />} onClick={() => openTask(task.key)}>
        {t('work.open')}
      </MenuItem>
      <MenuItem
        icon={follows ? <BellOff size={14} /> : <Bell size={14} />}
        onClick={() => followTask(task.id, !follows)}
      >
        {follows ? t('work.unfollow') : t('work.follow')}
      </MenuItem>
      <MenuItem
        icon={<Link2 size={14} />}
        onClick={() => copyText(location.origin + taskHref(task.key), t('work.link_copied'))}
      >
        {t('work.copy_link')}
      </MenuItem>
      <MenuItem
        icon={<Copy size={14} />}
        onClick={() => copyText(task.key, t('work.key_copied', { key: task.key }))}
      >
        {t('work.copy_key')}
      </MenuItem>
    </>
  )
}

/** For whoever manages the project. */
function Saving({ project, onSave }: { project: Project; onSave: () => void }) {
  const me = useMe()
  const manages = isAdmin(me) || project.lead === me.id || project.created_by === me.id
  if (!manages || project.archived) return null
  return (
    <MenuItem icon={<FileStack size={14} />} onClick={onSave}>
      {t('work.template_save')}…
    </MenuItem>
  )
}
