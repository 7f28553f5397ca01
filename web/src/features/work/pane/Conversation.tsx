// What was said about a task and what was changed, in one stream, and the composer under it.

import { ChevronsUpDown, History } from 'lucide-react'
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { t } from '../../../i18n'
import { formatAgo, formatFull } from '../../../i18n/format'
import { useDraft } from '../../../model/draft'
import { useMember } from '../../../model/member'
import { type LocalMessage, postMessage, useMessages } from '../../../model/message'
import type { LocalTask } from '../../../model/task'
import type { Project } from '../../../protocol'
import { Avatar } from '../../../ui/Avatar'
import { Button } from '../../../ui/Button'
import { Popover } from '../../../ui/Popover'
import { AroundContext } from '../../chat/composer/around'
import { Composer } from '../../chat/composer/Composer'
import { PollButton } from '../../chat/composer/PollButton'
import { schedule } from '../../chat/composer/schedule'
import type { Surroundings } from '../../chat/composer/useOptions'
import { useSlash } from '../../chat/composer/useSlash'
import { Heard } from '../../chat/list/Heard'
import { DayLine } from '../../chat/list/Lines'
import { buildRows, type Row } from '../../chat/list/rows'
import { useLinked } from '../../chat/list/useLinked'
import { ActionsProvider } from '../../chat/message/actions'
import { MessageRow } from '../../chat/message/MessageRow'
import type { Activity } from '../logic/history'
import { type StreamItem, streamOf } from '../logic/stream'
import { useActivity } from './useActivity'
import { activityText } from './words'

interface Props {
  task: LocalTask
  project: Project
  tasks: readonly LocalTask[]
  /** What scrolls; stays at its end when something comes while it is there. */
  scroller: RefObject<HTMLElement | null>
  /** Id of the comment that a link leads to. */
  linked: string | undefined
}

export function Conversation({ task, project, tasks, scroller, linked }: Props) {
  const messages = useMessages({ task: task.id })
  const activity = useActivity(task, project, tasks)
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const [, setDraft] = useDraft(`task:${task.id}`)
  const around = useSurroundings(task, messages.items)
  // What the task was made from stands under its title.
  const said = useMemo(
    () => messages.items.filter((message) => !(message.context && message.text === '')),
    [messages.items],
  )
  const items = useMemo(
    () => streamOf(said, activity ?? [], messages.hasOlder, opened),
    [said, activity, messages.hasOlder, opened],
  )
  const rows = useMemo(
    () => new Map(buildRows(said, null, '').map((row) => [row.message.id, row])),
    [said],
  )
  useStickToEnd(scroller, said.length)
  const found = useLinked(scroller, linked, messages)
  return (
    <section aria-label={t('work.activity')} className="mt-4 border-t border-line pt-3">
      <h3 className="mb-1 flex h-7 items-center gap-2 font-medium text-sm">
        <History size={14} aria-hidden className="text-faint" />
        {t('work.activity')}
      </h3>
      {messages.hasOlder && (
        <Button size="sm" variant="ghost" onClick={() => void messages.loadOlder()}>
          {t('work.older')}
        </Button>
      )}
      <ActionsProvider threads={false}>
        <AroundContext value={around}>
          <div className="-mx-5 max-md:-mx-4">
            {items.map((item, at) => (
              <Item
                key={item.kind === 'message' ? item.message.id : `a${item.lines[0]?.seq}`}
                item={item}
                row={item.kind === 'message' ? rows.get(item.message.id) : undefined}
                follows={items[at - 1]?.kind === 'message'}
                found={found}
                onOpen={(seq) => setOpened(new Set([...opened, seq]))}
                onTakeBack={setDraft}
              />
            ))}
          </div>
        </AroundContext>
      </ActionsProvider>
      <Heard messages={messages} />
    </section>
  )
}

interface ItemProps {
  item: StreamItem<LocalMessage>
  row: Row | undefined
  /** Stands directly under another message; after activity the author is said again. */
  follows: boolean
  /** Id of the comment that a link led to. */
  found: string | null
  onOpen: (seq: number) => void
  onTakeBack: (text: string) => void
}

function Item({ item, row, follows, found, onOpen, onTakeBack }: ItemProps) {
  if (item.kind === 'message')
    return (
      <>
        {row?.day && <DayLine day={row.day} />}
        <MessageRow
          message={item.message}
          head={!follows || (row?.head ?? true)}
          tabbable
          threads={false}
          highlighted={item.message.id === found}
          onTakeBack={onTakeBack}
        />
      </>
    )
  const first = item.lines[0]?.seq ?? 0
  return (
    <ul className="px-5 py-1 max-md:px-4">
      {item.folded > 0 && (
        <li>
          <button
            type="button"
            className="flex h-7 items-center gap-2 rounded-md text-faint text-xs hover:text-ink"
            onClick={() => onOpen(first)}
          >
            <ChevronsUpDown size={14} aria-hidden className="mx-[3px]" />
            {t('work.activity_more', { count: item.folded })}
          </button>
        </li>
      )}
      {item.lines.slice(item.folded).map((line, at) => (
        <ActivityLine key={`${line.seq} ${line.key} ${at}`} line={line} />
      ))}
    </ul>
  )
}

function ActivityLine({ line }: { line: Activity }) {
  const actor = useMember(line.actor)
  const name = actor?.name ?? t('common.unknown_member')
  return (
    <li className="flex min-h-7 items-start gap-2 py-1 text-soft text-xs">
      <Avatar member={actor} size={20} className="-mt-0.5" />
      <span className="min-w-0 flex-1 break-words">
        {activityText(line, name)}
        {line.texts && <Texts texts={line.texts} />}
        <time dateTime={line.at} title={formatFull(line.at)} className="ml-1.5 text-faint">
          {formatAgo(line.at)}
        </time>
      </span>
    </li>
  )
}

/** The description before and after. */
function Texts({ texts }: { texts: { from: string; to: string } }) {
  const both = [
    { name: t('work.before'), text: texts.from },
    { name: t('work.after'), text: texts.to },
  ]
  return (
    <Popover
      label={t('work.changes_show')}
      className="w-[min(560px,calc(100vw-24px))] p-3"
      trigger={
        <button type="button" className="ml-1.5 text-accent-ink hover:underline">
          {t('work.changes_show')}
        </button>
      }
    >
      {both.map(({ name, text }) => (
        <div key={name} className="not-last:mb-3">
          <p className="mb-1 font-medium text-faint text-xs">{name}</p>
          <p
            className="max-h-56 overflow-y-auto rounded-md bg-sunken p-2 text-sm break-words
            whitespace-pre-wrap"
          >
            {text || t('common.none')}
          </p>
        </div>
      ))}
    </Popover>
  )
}

/** Writes into the task's conversation; what was typed survives leaving the page. */
export function TaskComposer({ task }: { task: LocalTask }) {
  const [draft, setDraft] = useDraft(`task:${task.id}`)
  const { items } = useMessages({ task: task.id })
  const around = useSurroundings(task, items)
  const commands = useSlash(`task:${task.id}`, around)
  return (
    <div className="px-3 pt-1 pb-3">
      <Composer
        value={draft}
        onChange={setDraft}
        label={t('work.comment')}
        around={around}
        commands={commands}
        attachTo={`task:${task.id}`}
        tools={<PollButton home={`task:${task.id}`} />}
        onSchedule={(text, at, files) => schedule({ task: task.id }, text, at, { files })}
        onSend={(text, files) => {
          setDraft('')
          postMessage({ task: task.id }, text, { files })
        }}
      />
    </div>
  )
}

function useSurroundings(task: LocalTask, items: readonly LocalMessage[]): Surroundings {
  return useMemo(
    () => ({
      present: undefined,
      recent: [...new Set([...items.map((item) => item.author).reverse(), task.created_by])],
      everyone: false,
      projects: [task.project],
    }),
    [items, task.created_by, task.project],
  )
}

const NEAR_END = 80

/** A message that comes while the end is in view brings the end along; otherwise nothing moves. */
function useStickToEnd(scroller: RefObject<HTMLElement | null>, count: number) {
  const atEnd = useRef(false)
  const before = useRef(count)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const onScroll = () => {
      atEnd.current = isNearEnd(element)
    }
    onScroll()
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => element.removeEventListener('scroll', onScroll)
  }, [scroller])
  useLayoutEffect(() => {
    const element = scroller.current
    if (element && count > before.current && before.current > 0 && atEnd.current)
      element.scrollTop = element.scrollHeight
    before.current = count
    if (element) atEnd.current = isNearEnd(element)
  }, [count, scroller])
}

const isNearEnd = (element: HTMLElement) =>
  element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END
