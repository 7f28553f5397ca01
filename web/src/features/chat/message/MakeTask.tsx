// Message -> task: one pop-over with the guesses filled in. Enter makes it. A chunk of its own.

import { CalendarDays, ChevronDown, Eye, Users } from 'lucide-react'
import {
  type FormEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { openTask } from '../../../app/place'
import { errorText, rich, t } from '../../../i18n'
import { useChannel } from '../../../model/channel'
import { useMember, useMembers } from '../../../model/member'
import { type LocalMessage, useMessage } from '../../../model/message'
import { Refused } from '../../../model/pending'
import { useProject, useProjects } from '../../../model/project'
import { guessTask, makeTask } from '../../../model/task'
import { typeBy, typeName, typesOf } from '../../../model/task_type'
import type { Channel, Guess, Priority, Project } from '../../../protocol'
import { AvatarStack } from '../../../ui/Avatar'
import { Button } from '../../../ui/Button'
import { Kbd } from '../../../ui/Kbd'
import { plain } from '../../../ui/markdown/parse'
import { TaskChip } from '../../../ui/markdown/TaskChip'
import { Popover } from '../../../ui/Popover'
import { Skeleton } from '../../../ui/Skeleton'
import { PriorityIcon } from '../../work/icon'
import {
  DuePicker,
  DueText,
  MemberPicker,
  PriorityPicker,
  ProjectMark,
  ProjectPicker,
  priorityName,
  TypePicker,
} from '../../work/pickers'
import { TypeIconMark } from '../../work/type'

/** Limit: characters of a title. */
const TITLE_CHARS_MAX = 250

interface Props {
  message: LocalMessage
  /** Said after it, to be quoted too. */
  others: readonly LocalMessage[]
  anchor: Element
  onClose(): void
  /** There is a task now. */
  onMade(): void
}

export default function MakeTask({ message, others, anchor, onClose, onMade }: Props) {
  const current = useMessage(message.id) ?? message
  const channel = useChannel(message.channel ?? undefined)
  const { guess, error } = useGuess(message, channel)
  // Not the chip, which would show its card over the button.
  const opener = useRef<HTMLButtonElement>(null)
  return (
    <Popover
      open
      onOpenChange={(open) => !open && onClose()}
      anchor={anchor}
      label={t('chat.make_task')}
      className="w-[440px] max-w-[calc(100vw-16px)] p-4"
      {...(current.link && { initialFocus: opener })}
    >
      {current.link ? (
        <Already taskKey={current.link.key} opener={opener} onClose={onClose} />
      ) : guess ? (
        <Form
          message={message}
          others={others}
          channel={channel}
          guess={guess}
          error={error}
          onClose={onClose}
          onMade={onMade}
        />
      ) : (
        <div className="flex flex-col gap-3">
          <Skeleton className="h-9 w-full" />
          <Skeleton className="h-7 w-3/4" />
          <Skeleton className="h-7 w-1/2" />
        </div>
      )}
    </Popover>
  )
}

/** The server's guess; without a connection what the message says itself. */
function useGuess(message: LocalMessage, channel: Channel | undefined) {
  const [guess, setGuess] = useState<Guess | null>(null)
  const [error, setError] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, for the message
  useEffect(() => {
    let here = true
    guessTask(message.id).then(
      (found) => here && setGuess(found),
      (failure: unknown) => {
        if (!here) return
        if (failure instanceof Refused && failure.failure.code !== 'offline') {
          setError(errorText(failure.failure.code))
        }
        setGuess({
          title: plain(message.text).slice(0, 120),
          project: channel?.project ?? null,
          assignees: [...(message.mentions ?? [])],
          priority: 'none',
        })
      },
    )
    return () => {
      here = false
    }
  }, [message.id])
  return { guess, error }
}

interface AlreadyProps {
  taskKey: string
  opener: RefObject<HTMLButtonElement | null>
  onClose(): void
}

function Already({ taskKey, opener, onClose }: AlreadyProps) {
  return (
    <div className="flex flex-col gap-3">
      <p>{rich('chat.already_task', { task: <TaskChip taskKey={taskKey} sure /> })}</p>
      <div className="flex justify-end">
        <Button
          ref={opener}
          variant="primary"
          onClick={() => {
            onClose()
            openTask(taskKey)
          }}
        >
          {t('chat.open_task')}
        </Button>
      </div>
    </div>
  )
}

interface FormProps {
  message: LocalMessage
  others: readonly LocalMessage[]
  channel: Channel | undefined
  guess: Guess
  error: string | null
  onClose(): void
  onMade(): void
}

function Form(props: FormProps) {
  const { message, others, channel, guess, error: before, onClose, onMade } = props
  const projects = useProjects().filter((project) => !project.archived)
  const only = projects.length === 1 ? projects[0]?.id : undefined
  const [title, setTitle] = useState(guess.title)
  const [choice, setChoice] = useState<Choice>({
    projectId: guess.project ?? channel?.project ?? only ?? null,
    assignees: guess.assignees,
    due: guess.due ?? null,
    type: guess.type ?? null,
    priority: guess.priority,
  })
  const [error, setError] = useState(before)
  const [busy, setBusy] = useState(false)
  const project = useProject(choice.projectId ?? undefined)
  const field = useRef<HTMLTextAreaElement>(null)
  const name = useId()
  useEffect(() => field.current?.select(), [])

  const wanted = title.trim()
  const ready = wanted !== '' && project !== undefined && !busy
  const submit = async (event?: FormEvent) => {
    event?.preventDefault()
    if (!ready) return
    setBusy(true)
    try {
      const { type, assignees, due, priority } = choice
      const task_type = type ? typeBy(project, type).id : typesOf(project)[0]?.id
      const fields = { project: project.id, title: wanted, task_type, assignees, due, priority }
      const messages = others.map(({ id }) => id)
      await makeTask(message.id, { ...fields, messages }).settled
      onClose()
      onMade()
    } catch (failure) {
      setBusy(false)
      if (!(failure instanceof Refused)) throw failure
      const { code, task } = failure.failure
      setError(errorText(code))
      if (code === 'already_a_task' && task) {
        onClose()
        openTask(task.key)
      }
    }
  }
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || event.keyCode === 229) return
        if (event.key === 'Enter' && event.target === field.current && !event.shiftKey)
          submit(event)
      }}
    >
      <label htmlFor={name} className="sr-only">
        {t('chat.task_title')}
      </label>
      <textarea
        id={name}
        ref={field}
        rows={2}
        value={title}
        maxLength={TITLE_CHARS_MAX}
        placeholder={t('chat.task_title')}
        className="field-sizing-content max-h-32 w-full resize-none bg-transparent font-medium
          text-lg outline-none"
        onChange={(event) => setTitle(event.currentTarget.value.replaceAll('\n', ' '))}
      />
      <Choices
        choice={choice}
        project={project}
        guess={guess}
        first={[...(message.mentions ?? []), message.author]}
        onChange={(changes) => setChoice((now) => ({ ...now, ...changes }))}
      />
      {others.length > 0 && <Quoted messages={[message, ...others]} />}
      {projects.length === 0 && <p className="text-soft text-sm">{t('chat.no_projects')}</p>}
      {project && channel && <Audience channel={channel} project={project} />}
      {error && (
        <p role="alert" className="text-sm text-urgent">
          {error}
        </p>
      )}
      <div className="flex items-center justify-end gap-2">
        <span className="mr-auto text-faint text-xs finger:hidden">
          <Kbd keys="Enter" /> {t('chat.enter_makes')}
        </span>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button variant="primary" type="submit" disabled={!ready} busy={busy}>
          {t('chat.make')}
        </Button>
      </div>
    </form>
  )
}

const PILL =
  'h-7 max-w-full gap-1.5 border border-line bg-raised px-2 text-sm enabled:hover:border-line-strong'

/** What the task will be, besides its title. */
interface Choice {
  projectId: string | null
  assignees: string[]
  due: Exclude<Guess['due'], undefined>
  type: string | null
  priority: Priority
}

interface ChoicesProps {
  choice: Choice
  project: Project | undefined
  guess: Guess
  /** Members to offer before all others. */
  first: string[]
  onChange(changes: Partial<Choice>): void
}

function Choices({ choice, project, guess, first, onChange }: ChoicesProps) {
  const { projectId, assignees, priority } = choice
  return (
    <div className="flex flex-wrap gap-1.5">
      <ProjectPicker
        label={t('chat.task_project')}
        className={PILL}
        value={projectId}
        onChange={(chosen) => onChange({ projectId: chosen })}
      >
        {project ? (
          <>
            <ProjectMark projectKey={project.key} />
            <span className="truncate">{project.name}</span>
          </>
        ) : (
          <span className="text-faint">{t('chat.choose_project')}</span>
        )}
        <ChevronDown size={12} aria-hidden className="text-faint" />
      </ProjectPicker>
      {project && <TypeChoice {...{ project, choice, guess, onChange }} />}
      <MemberPicker
        multiple
        label={t('chat.task_assignees')}
        className={PILL}
        value={assignees}
        first={first}
        onChange={(chosen) => onChange({ assignees: chosen })}
      >
        <Assignees ids={assignees} />
      </MemberPicker>
      <DueChoice {...{ choice, guess, onChange }} />
      <PriorityPicker
        label={t('chat.task_priority')}
        className={PILL}
        value={priority}
        onChange={(chosen) => onChange({ priority: chosen })}
      >
        <PriorityIcon priority={priority} />
        <span className={priority === 'none' ? 'text-faint' : ''}>{priorityName(priority)}</span>
      </PriorityPicker>
    </div>
  )
}

type OneProps = Pick<ChoicesProps, 'choice' | 'guess' | 'onChange'>

function TypeChoice({ project, choice, guess, onChange }: OneProps & { project: Project }) {
  const { type } = choice
  const shownType = typeBy(project, type ?? typesOf(project)[0]?.id)
  return (
    <TypePicker
      label={t('chat.task_type')}
      className={PILL}
      types={typesOf(project)}
      value={shownType.id}
      onChange={(chosen) => onChange({ type: chosen })}
    >
      <TypeIconMark type={shownType} />
      <span className="truncate">{typeName(shownType)}</span>
      {type && type === guess.type && guess.type_words && (
        <span className="max-w-40 truncate text-faint">
          {t('chat.due_words', { words: guess.type_words })}
        </span>
      )}
    </TypePicker>
  )
}

function DueChoice({ choice, guess, onChange }: OneProps) {
  const { due } = choice
  return (
    <DuePicker
      label={t('chat.task_due')}
      className={PILL}
      value={due}
      onChange={(chosen) => onChange({ due: chosen })}
    >
      <CalendarDays size={14} aria-hidden className="text-faint" />
      {due ? (
        <DueText due={due} />
      ) : (
        <span aria-hidden className="text-faint">
          {t('chat.task_due')}
        </span>
      )}
      {due && due === guess.due && guess.due_words && (
        <span className="max-w-40 truncate text-faint">
          {t('chat.due_words', { words: guess.due_words })}
        </span>
      )}
    </DuePicker>
  )
}

function Assignees({ ids }: { ids: readonly string[] }): ReactNode {
  const members = useMembers().filter((member) => ids.includes(member.id))
  const first = useMember(ids[0])
  if (members.length === 0) {
    return (
      <>
        <Users size={14} aria-hidden className="text-faint" />
        <span aria-hidden className="text-faint">
          {t('chat.task_assignees')}
        </span>
      </>
    )
  }
  return (
    <>
      <AvatarStack members={members} size={18} />
      {members.length === 1 && <span className="truncate">{first?.name}</span>}
    </>
  )
}

/** Limit: lines of what is quoted; the others are a number. */
const QUOTED_LINES_MAX = 4

/** What goes along with the first message. */
function Quoted({ messages }: { messages: readonly LocalMessage[] }) {
  const members = useMembers()
  const hidden = messages.length - QUOTED_LINES_MAX
  const shown = hidden > 1 ? messages.slice(0, QUOTED_LINES_MAX) : messages
  return (
    <ul
      aria-label={t('chat.quoted')}
      className="flex flex-col gap-0.5 border-line-strong border-l-2 pl-2.5 text-sm text-soft"
    >
      {shown.map((message) => (
        <li key={message.id} className="truncate">
          <span className="font-medium">
            {message.alias?.name ??
              members.find(({ id }) => id === message.author)?.name ??
              t('common.unknown_member')}
          </span>{' '}
          {plain(message.text)}
        </li>
      ))}
      {hidden > 1 && <li className="text-faint">{t('chat.quoted_more', { count: hidden })}</li>}
    </ul>
  )
}

/** Who will see the quoted words, where that may be more people than now. */
function Audience({ channel, project }: { channel: Channel; project: Project }) {
  // A public channel is read by everyone who may see a project.
  if (channel.kind === 'public') return null
  return (
    <p className="flex gap-2 rounded-md bg-blocked-soft px-2.5 py-2 text-blocked text-sm">
      <Eye size={16} aria-hidden className="mt-px shrink-0" />
      <span>
        {project.visibility === 'public'
          ? t('chat.audience_everyone', { project: project.name })
          : t('chat.audience_members', { project: project.name })}
      </span>
    </p>
  )
}
