// Settings of a project: name, description, lead, people, types, fields, templates,
// workflow, archive. A chunk of its
// own.

import { useState } from 'react'
import { errorText, t } from '../../../i18n'
import { isAdmin, useMe, useMember } from '../../../model/member'
import { discard, Refused } from '../../../model/pending'
import { updateProject, useProjectMembers } from '../../../model/project'
import type { Project } from '../../../protocol'
import { Avatar } from '../../../ui/Avatar'
import { Button } from '../../../ui/Button'
import { Confirm } from '../../../ui/Dialog'
import { Field, Input, Textarea } from '../../../ui/Field'
import { SpaceField } from '../../space/SpaceField'
import { MemberPicker } from '../pickers'
import { PeopleList } from '../project/People'
import { FieldEditor } from './FieldEditor'
import { TemplateEditor } from './TemplateEditor'
import { TypeEditor } from './TypeEditor'
import { WorkflowEditor } from './WorkflowEditor'

/** Limits: characters of a name and of a description. */
const NAME_CHARS_MAX = 80
const DESCRIPTION_CHARS_MAX = 500

export default function ProjectSettings({ project }: { project: Project }) {
  const me = useMe()
  const members = useProjectMembers(project.id)
  const mayChange = isAdmin(me) || project.lead === me.id || project.created_by === me.id
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-2xl flex-col gap-10 px-6 py-8 max-md:px-4">
        <General key={project.id} project={project} locked={!mayChange} />
        <section aria-label={t('work.people')}>
          <h2 className="font-semibold text-lg">{t('work.people')}</h2>
          <div className="mt-3 rounded-lg border border-line p-2">
            {members ? <PeopleList project={project} /> : null}
          </div>
        </section>
        <TypeEditor project={project} locked={!mayChange} />
        <FieldEditor project={project} locked={!mayChange} />
        <TemplateEditor project={project} locked={!mayChange} />
        <WorkflowEditor project={project} locked={!mayChange} />
        {mayChange && <Archive project={project} />}
      </div>
    </div>
  )
}

function General({ project, locked }: { project: Project; locked: boolean }) {
  const [name, setName] = useState(project.name)
  const [description, setDescription] = useState(project.description ?? '')
  const [error, setError] = useState<string | null>(null)
  const lead = useMember(project.lead ?? undefined)
  const changed = name.trim() !== project.name || description !== (project.description ?? '')
  const save = () => {
    setError(null)
    const sent = updateProject(project.id, { name: name.trim(), description })
    sent.settled.catch((failure: unknown) => {
      if (!(failure instanceof Refused)) return
      discard(sent.requestId)
      setError(errorText(failure.failure.code))
    })
  }
  return (
    <section aria-label={t('work.settings_general')} className="flex flex-col gap-4">
      <h2 className="font-semibold text-lg">{t('work.settings_general')}</h2>
      {locked && <p className="-mt-3 text-soft text-sm">{t('work.settings_locked')}</p>}
      <Field label={t('work.name')}>
        <Input
          value={name}
          maxLength={NAME_CHARS_MAX}
          disabled={locked}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label={t('work.key')} hint={t('work.key_fixed')}>
        <Input value={project.key} disabled className="max-w-40 font-mono" />
      </Field>
      <Field label={t('work.description')} optional error={error}>
        <Textarea
          value={description}
          rows={3}
          maxLength={DESCRIPTION_CHARS_MAX}
          disabled={locked}
          onChange={(event) => setDescription(event.target.value)}
        />
      </Field>
      <div className="flex flex-col gap-1">
        <span className="font-medium text-sm">{t('work.lead')}</span>
        <MemberPicker
          label={t('work.lead')}
          value={project.lead ? [project.lead] : []}
          onChange={([member]) => updateProject(project.id, { lead: member ?? null })}
          disabled={locked}
          className="h-8 w-64 max-md:h-10 gap-2 border border-line-strong bg-raised px-2.5 disabled:opacity-55"
        >
          {lead ? (
            <>
              <Avatar member={lead} size={20} />
              <span className="truncate">{lead.name}</span>
            </>
          ) : (
            <span className="text-faint">{t('work.lead_none')}</span>
          )}
        </MemberPicker>
      </div>
      {!locked && <HomeField project={project} />}
      {changed && !locked && (
        <div className="flex gap-2">
          <Button variant="primary" disabled={name.trim() === ''} onClick={save}>
            {t('common.save')}
          </Button>
          <Button
            variant="ghost"
            onClick={() => {
              setName(project.name)
              setDescription(project.description ?? '')
            }}
          >
            {t('common.cancel')}
          </Button>
        </div>
      )}
    </section>
  )
}

/** The space that it is in, changed at once. */
function HomeField({ project }: { project: Project }) {
  const [error, setError] = useState<string>()
  const move = (space: string | null) => {
    setError(undefined)
    const sent = updateProject(project.id, { space })
    sent.settled.catch((failure: unknown) => {
      if (!(failure instanceof Refused)) return
      discard(sent.requestId)
      setError(errorText(failure.failure.code))
    })
  }
  return (
    <SpaceField
      value={project.space ?? null}
      onChange={move}
      stays={project.visibility === 'public' && project.in_closed_space === true}
      error={error}
    />
  )
}

function Archive({ project }: { project: Project }) {
  const [asking, setAsking] = useState(false)
  return (
    <section aria-label={t('work.archive_project')} className="rounded-lg border border-line p-4">
      <h2 className="font-semibold">
        {project.archived ? t('work.archived') : t('work.archive_project')}
      </h2>
      <p className="mt-1 text-soft text-sm">
        {project.archived ? t('work.restore_project_hint') : t('work.archive_project_hint')}
      </p>
      <Button
        className="mt-3"
        variant={project.archived ? 'secondary' : 'danger'}
        onClick={() =>
          project.archived ? updateProject(project.id, { archived: false }) : setAsking(true)
        }
      >
        {project.archived ? t('work.restore_project') : t('work.archive_project')}
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('work.archive_project_title', { name: project.name })}
        description={t('work.archive_project_hint')}
        action={t('work.archive_project')}
        danger
        onConfirm={() => updateProject(project.id, { archived: true })}
      />
    </section>
  )
}
