// A new task from anywhere: title and description, and the fields as a row of pickers. What was
// typed is kept until it is made or thrown away.

import { type FormEvent, type ReactNode, type RefObject, useMemo, useRef, useState } from 'react'
import { openTask } from '../../../app/place'
import { t } from '../../../i18n'
import { withValues } from '../../../model/field'
import { useMembers } from '../../../model/member'
import { stateOf, useProjectMembers, useProjects } from '../../../model/project'
import { createTask, useTasks } from '../../../model/task'
import { typeBy, typeName, typesOf } from '../../../model/task_type'
import type { FieldValue, Project } from '../../../protocol'
import { AvatarStack } from '../../../ui/Avatar'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { Checkbox } from '../../../ui/Field'
import { toast } from '../../../ui/Toast'
import { TITLE_CHARS_MAX } from '../board/QuickAdd'
import { PriorityIcon, StateIcon } from '../icon'
import { LabelDot } from '../label'
import { labelsOf } from '../logic/filter'
import { type Beginning, BLANK } from '../logic/templates'
import {
  DuePicker,
  DueText,
  LabelPicker,
  MemberPicker,
  PriorityPicker,
  ProjectMark,
  ProjectPicker,
  priorityName,
  StartPicker,
  StartText,
  StatePicker,
  TypePicker,
} from '../pickers'
import { Words } from '../pickers/Words'
import { readStored, store } from '../shown'
import { useTemplateChoice } from '../template/useTemplateChoice'
import { TypeIconMark } from '../type'
import { useTyped } from '../useTyped'
import { MoreFields, type Values } from './MoreFields'

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Where it goes unless chosen otherwise; the last one used without. */
  project?: string
}

const LAST_PROJECT = 'tenon.task.project'

export function NewTask({ open, onOpenChange, project }: Props) {
  const first = useRef<HTMLTextAreaElement>(null)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('work.task_new')}
      width="md"
      initialFocus={first}
    >
      {open && <Form first={first} project={project} onClose={() => onOpenChange(false)} />}
    </Dialog>
  )
}

interface Chosen extends Omit<Beginning, 'title' | 'description'> {
  state?: string
  fields: Values
}

const { title: _title, description: _description, ...BEGUN } = BLANK
const NOTHING: Chosen = { ...BEGUN, fields: {} }

interface FormProps {
  /** The field that has the focus at first. */
  first: RefObject<HTMLTextAreaElement | null>
  project?: string
  onClose: () => void
}

function Form({ first, project: wanted, onClose }: FormProps) {
  const projects = useProjects()
  const usable = projects.filter((one) => !one.archived)
  const [chosenProject, setProject] = useState(wanted ?? readStored<string>(LAST_PROJECT))
  const project = usable.find((one) => one.id === chosenProject) ?? usable[0]
  const [title, setTitle] = useTyped('new-task:title')
  const [description, setDescription] = useTyped('new-task:description')
  const [more, setMore] = useState(false)
  const { chosen, setChosen, setValue, isWrong, leaveProject } = useChosen()
  const template = useTemplateChoice(project, { ...chosen, title, description }, (next) => {
    const { title, description, ...others } = next
    setTitle(title)
    setDescription(description)
    setChosen((now) => ({ ...now, ...others }))
  })
  if (!project) return <p className="py-6 text-center text-soft">{t('work.project_first')}</p>
  const text = title.trim().replace(/\s+/g, ' ')
  const isReady = text !== '' && !isWrong
  const make = () => {
    if (!isReady) return
    const words = { title: text, description: description.trim() }
    const sent = send(project, template.chosen?.id, words, chosen)
    store(LAST_PROJECT, project.id)
    const next = template.made(more)
    setTitle(next.title)
    setDescription(next.description)
    sent.settled.then(
      ({ key }) => key && created(key, text),
      // A refused task stays in its list, marked, with the reason.
      () => undefined,
    )
    if (!more) onClose()
    else first.current?.focus()
  }
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        make()
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || event.keyCode === 229) return
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) make()
      }}
    >
      <Title first={first} value={title} onChange={setTitle} onEnter={make} />
      <textarea
        value={description}
        aria-label={t('work.description')}
        placeholder={t('work.description_add')}
        className="field-sizing-content mt-1 block max-h-60 min-h-20 w-full resize-none bg-transparent outline-none"
        onChange={(event) => setDescription(event.target.value)}
      />
      <Choices
        project={project}
        chosen={chosen}
        onChange={setChosen}
        onProject={(next) => {
          setProject(next)
          template.choose(undefined)
          leaveProject()
        }}
      >
        {template.picker}
      </Choices>
      {template.rest}
      <MoreFields
        key={project.id}
        project={project}
        values={chosen.fields}
        onChange={setValue}
        wrong={isWrong}
      />
      <Foot more={more} onMore={setMore} ready={isReady} />
    </form>
  )
}

interface TitleProps {
  first: FormProps['first']
  value: string
  onChange: (title: string) => void
  onEnter: () => void
}

function Title({ first, value, onChange, onEnter }: TitleProps) {
  return (
    <textarea
      ref={first}
      rows={1}
      value={value}
      maxLength={TITLE_CHARS_MAX}
      aria-label={t('work.title')}
      placeholder={t('work.title_hint')}
      className="field-sizing-content block w-full resize-none bg-transparent font-medium text-lg outline-none"
      onChange={(event) => onChange(event.target.value.replace(/\n/g, ' '))}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || event.keyCode === 229) return
        if (event.key === 'Enter' && !event.metaKey && !event.ctrlKey) {
          event.preventDefault()
          onEnter()
        }
      }}
    />
  )
}

interface FootProps {
  /** Another one is made after this. */
  more: boolean
  onMore: (more: boolean) => void
  ready: boolean
}

function Foot({ more, onMore, ready }: FootProps) {
  return (
    <footer className="-mx-5 mt-4 -mb-1 flex items-center gap-3 border-t px-5 pt-3">
      <span className="flex-1 text-sm text-soft">
        <Checkbox checked={more} onChange={onMore} label={t('work.create_more')} />
      </span>
      <Button type="submit" variant="primary" disabled={!ready}>
        {t('work.create')}
      </Button>
    </footer>
  )
}

/** What is chosen, and whether something that is typed among it is no value. */
function useChosen() {
  const [chosen, setChosen] = useState<Chosen>(NOTHING)
  const [wrong, setWrong] = useState<readonly string[]>([])
  const setValue = (field: string, value: FieldValue | null | undefined) => {
    setWrong((now) => {
      const others = now.filter((one) => one !== field)
      return value === undefined ? [...others, field] : others
    })
    if (value === undefined) return
    setChosen((now) => ({ ...now, fields: withValues(now.fields, { [field]: value }) }))
  }
  /** Types, states and fields are a project's own. */
  const leaveProject = () => {
    setChosen((now) => ({ ...now, type: undefined, state: undefined, fields: {} }))
    setWrong([])
  }
  return { chosen, setChosen, setValue, isWrong: wrong.length > 0, leaveProject }
}

function send(
  project: Project,
  template: string | undefined,
  words: { title: string; description: string },
  chosen: Chosen,
) {
  const { type = typesOf(project)[0]?.id, ...fields } = chosen
  return createTask({
    project: project.id,
    template,
    ...words,
    ...fields,
    task_type: typeBy(project, type).id,
    state: stateOf(project, chosen.state ?? '') ? chosen.state : undefined,
  })
}

function created(key: string, title: string) {
  toast({
    title: t('work.created', { key }),
    description: title,
    action: { label: t('work.open'), run: () => openTask(key) },
  })
}

interface ChoicesProps {
  project: Project
  chosen: Chosen
  onChange: (chosen: Chosen) => void
  onProject: (project: string) => void
  /** After the project. */
  children?: ReactNode
}

const CHIP = 'h-7 gap-1.5 border border-line px-2 text-sm'

function Choices({ project, chosen, onChange, onProject, children }: ChoicesProps) {
  const { tasks } = useTasks(project.id)
  const labels = useMemo(() => labelsOf(tasks), [tasks])
  const members = useProjectMembers(project.id)
  const assignees = useMembers().filter((member) => chosen.assignees.includes(member.id))
  const states = project.workflow.states
  const type = typeBy(project, chosen.type ?? typesOf(project)[0]?.id)
  const state =
    stateOf(project, chosen.state ?? '') ??
    states.find((one) => one.category === 'todo') ??
    states[0]
  return (
    <div className="mt-3 flex flex-wrap gap-1.5">
      <ProjectPicker
        label={t('work.project')}
        value={project.id}
        onChange={onProject}
        className={CHIP}
      >
        <ProjectMark projectKey={project.key} />
        <span className="max-w-40 truncate">{project.name}</span>
      </ProjectPicker>
      {children}
      <TypePicker
        label={t('work.type')}
        types={typesOf(project)}
        value={type.id}
        onChange={(next) => onChange({ ...chosen, type: next })}
        className={CHIP}
      >
        <TypeIconMark type={type} />
        <span className="max-w-40 truncate">{typeName(type)}</span>
      </TypePicker>
      <StatePicker
        label={t('work.state')}
        states={states}
        value={state?.id ?? ''}
        onChange={(next) => onChange({ ...chosen, state: next })}
        className={CHIP}
      >
        {state && <StateIcon category={state.category} />}
        {state?.name}
      </StatePicker>
      <MemberPicker
        label={t('work.assignees')}
        multiple
        first={members}
        value={chosen.assignees}
        onChange={(next) => onChange({ ...chosen, assignees: next })}
        className={CHIP}
      >
        {assignees.length > 0 && <AvatarStack members={assignees} size={16} />}
        <Words empty={t('work.assign')}>{assignees.length === 1 && assignees[0]?.name}</Words>
      </MemberPicker>
      <PriorityPicker
        label={t('work.priority')}
        value={chosen.priority}
        onChange={(priority) => onChange({ ...chosen, priority })}
        className={CHIP}
      >
        <PriorityIcon priority={chosen.priority} />
        <Words empty={t('work.priority')}>
          {chosen.priority !== 'none' && priorityName(chosen.priority)}
        </Words>
      </PriorityPicker>
      <LabelPicker
        label={t('work.labels')}
        value={chosen.labels}
        known={labels}
        onChange={(next) => onChange({ ...chosen, labels: next })}
        className={CHIP}
      >
        {chosen.labels.slice(0, 3).map((label) => (
          <LabelDot key={label} label={label} />
        ))}
        <Words empty={t('work.labels')}>{chosen.labels.join(', ')}</Words>
      </LabelPicker>
      <StartPicker
        label={t('work.start')}
        value={chosen.start}
        onChange={(start) => onChange({ ...chosen, start })}
        className={CHIP}
      >
        {chosen.start ? (
          <StartText start={chosen.start} due={chosen.due} />
        ) : (
          <Words empty={t('work.start')} />
        )}
      </StartPicker>
      <DuePicker
        label={t('work.due')}
        value={chosen.due}
        onChange={(due) => onChange({ ...chosen, due })}
        className={CHIP}
      >
        {chosen.due ? <DueText due={chosen.due} /> : <Words empty={t('work.due')} />}
      </DuePicker>
    </div>
  )
}
