// One thing that was found: who said it where and when, with the words highlighted.

import { CornerDownRight } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { go, messageHref, openChannel, openTask, taskHref } from '../../app/place'
import { t } from '../../i18n'
import { formatBytes, formatFull, formatWhen } from '../../i18n/format'
import { openDirect, useChannel, useChannelName } from '../../model/channel'
import { useMe, useMember } from '../../model/member'
import { failureText } from '../../model/pending'
import { stateOf, useProjects } from '../../model/project'
import type { Found, Snippet } from '../../protocol'
import { Avatar } from '../../ui/Avatar'
import { toast } from '../../ui/Toast'
import { FileIcon } from '../chat/message/FileIcon'
import { StateIcon } from '../work/icon'

type FoundOf<T extends Found['type']> = Extract<Found, { type: T }>

const row =
  'flex gap-3 rounded-md px-3 py-2.5 hover:bg-hover focus-visible:bg-hover focus-visible:outline-2 focus-visible:outline-accent -outline-offset-2'

export function Result({ found, onOpen }: { found: Found; onOpen(): void }) {
  switch (found.type) {
    case 'message':
      return <MessageResult found={found} onOpen={onOpen} />
    case 'task':
      return <TaskResult found={found} onOpen={onOpen} />
    case 'file':
      return <FileResult found={found} onOpen={onOpen} />
    case 'person':
      return <PersonResult found={found} onOpen={onOpen} />
  }
}

interface Props<T extends Found['type']> {
  found: FoundOf<T>
  onOpen(): void
}

/** Goes there within the page, unless the reader asks the browser for a tab or a window. */
function follow(event: MouseEvent, onOpen: () => void, run: () => void) {
  onOpen()
  if (event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  run()
}

function MessageResult({ found, onOpen }: Props<'message'>) {
  const author = useMember(found.author)
  const href = messageHref(found.message)
  return (
    <a
      href={href}
      data-result
      onClick={(event) => follow(event, onOpen, () => go(href))}
      className={row}
    >
      <span className="pt-0.5">{author && <Avatar member={author} size={32} />}</span>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 truncate font-medium">{author?.name}</span>
          <Where found={found} />
          <span className="flex-1" />
          <When at={found.at} />
        </span>
        <Words snippet={found.snippet} />
      </span>
    </a>
  )
}

/** Opens the message, where one sees what it is about and may open the file. */
function FileResult({ found, onOpen }: Props<'file'>) {
  const author = useMember(found.author)
  const href = messageHref(found.message)
  return (
    <a
      href={href}
      data-result
      onClick={(event) => follow(event, onOpen, () => go(href))}
      className={row}
    >
      <span className="flex w-8 shrink-0 justify-center pt-0.5">
        <FileIcon file={found.file} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 truncate font-medium">
            <Marked snippet={found.name} />
          </span>
          <span className="flex-1" />
          <When at={found.at} />
        </span>
        <span className="flex min-w-0 items-center gap-1.5 text-faint text-sm">
          <span className="shrink-0">{formatBytes(found.file.size)}</span>
          <span className="min-w-0 truncate">{author?.name}</span>
          <Where found={found} />
        </span>
      </span>
    </a>
  )
}

function Where({ found }: { found: FoundOf<'message' | 'file'> }) {
  const channel = useChannel(found.channel ?? undefined)
  const name = useChannelName(found.channel ?? undefined)
  const place = found.task
    ? `${found.task.key} ${found.task.title}`
    : channel?.kind === 'direct'
      ? name
      : `#${name}`
  return (
    <span className="flex min-w-0 items-center gap-1 truncate text-faint text-sm">
      {found.thread && (
        <CornerDownRight size={12} aria-label={t('search.in_thread')} className="shrink-0" />
      )}
      <span className="truncate">{place}</span>
    </span>
  )
}

function TaskResult({ found, onOpen }: Props<'task'>) {
  const project = useProjects().find(({ id }) => id === found.task.project)
  const state = stateOf(project, found.task.state)
  const open = (event: MouseEvent) => follow(event, onOpen, () => openTask(found.task.key))
  return (
    <a href={taskHref(found.task.key)} data-result onClick={open} className={row}>
      <span className="flex w-8 shrink-0 justify-center pt-0.5">
        <StateIcon category={state?.category ?? 'todo'} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="shrink-0 text-faint text-sm tabular-nums">{found.task.key}</span>
          <span className="min-w-0 truncate font-medium">
            <Marked snippet={found.title} />
          </span>
          <span className="flex-1" />
          <span className="shrink-0 text-faint text-sm">
            {found.task.archived ? t('chat.archived') : state?.name}
          </span>
        </span>
        {found.snippet && <Words snippet={found.snippet} />}
      </span>
    </a>
  )
}

function PersonResult({ found, onOpen }: Props<'person'>) {
  const me = useMe()
  const member = useMember(found.member)
  if (!member) return null
  const open = () => {
    onOpen()
    openDirect(member.id === me.id ? [] : [member.id]).then(
      (id) => openChannel(id),
      (error: Error) => toast({ title: failureText(error), kind: 'error' }),
    )
  }
  return (
    <button type="button" data-result onClick={open} className={`${row} w-full text-left`}>
      <Avatar member={member} size={32} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{member.name}</span>
        <span className="block truncate text-faint text-sm">
          {[`@${member.handle}`, member.title].filter(Boolean).join(' · ')}
        </span>
      </span>
    </button>
  )
}

function When({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatFull(at)} className="shrink-0 text-faint text-sm">
      {formatWhen(at)}
    </time>
  )
}

function Words({ snippet }: { snippet: Snippet }) {
  return (
    <span className="mt-0.5 line-clamp-3 block break-words text-soft">
      <Marked snippet={snippet} />
    </span>
  )
}

function Marked({ snippet: { text, marks = [] } }: { snippet: Snippet }) {
  const parts: ReactNode[] = []
  let at = 0
  for (const { start, end } of marks) {
    parts.push(text.slice(at, start))
    parts.push(
      <mark key={start} className="rounded-sm bg-found text-ink">
        {text.slice(start, end)}
      </mark>,
    )
    at = end
  }
  parts.push(text.slice(at))
  return <>{parts}</>
}
