// The messages of a channel, as one long list that never jumps: older pages push in above the view,
// new ones below it, and it follows the newest only while one is at the newest.

import { ArrowDown } from 'lucide-react'
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useMemo, useRef } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { t } from '../../../i18n'
import { useMe } from '../../../model/member'
import type { Messages } from '../../../model/message'
import { Button } from '../../../ui/Button'
import { Empty } from '../../../ui/Empty'
import { Skeleton } from '../../../ui/Skeleton'
import { EDGE_PX, useSwipe } from '../../../ui/swipe'
import { useActions } from '../message/actions'
import { MessageRow } from '../message/MessageRow'
import { ROW_PX } from './height'
import { DayLine, UnreadLine } from './Lines'
import { buildRows, type Row } from './rows'
import { useRoving } from './useRoving'
import { useScroll } from './useScroll'

/** How far around what is in sight rows are kept drawn, px. */
const BUFFER_PX = 300

export interface MessageListHandle {
  toBottom(): void
  focusLast(): void
}

interface Props {
  /** Names the conversation for what is remembered about it. */
  placeKey: string
  messages: Messages
  /** Seq after which messages are new; null for no line. */
  unreadAfter: number | null
  /** Over the list at its top. */
  above?: ReactNode
  /** The line of what is new came into sight. */
  onLineSeen?(): void
  /** Open around this seq and light it up, instead of where one was. */
  at?: number | undefined
  /** Stands above the very first message, and alone when there is none. */
  intro: ReactNode
  onTakeBack(text: string): void
  /** The newest message is in sight, or is no longer. */
  onBottom(atBottom: boolean): void
  /** The keyboard leaves the list. */
  onLeave(): void
  ref?: Ref<MessageListHandle>
}

export function MessageList(props: Props) {
  const { messages, placeKey, unreadAfter, at, onBottom, onTakeBack } = props
  const { items, hasOlder } = messages
  const me = useMe().id
  const rows = useMemo(
    () => buildRows(items, unreadAfter, me, hasOlder),
    [items, unreadAfter, me, hasOlder],
  )
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const scroll = useScroll({ scroller, list, rows, messages, placeKey, at, onBottom, me })
  const actions = useActions()
  const roving = useRoving({
    root: scroller,
    items,
    actions,
    reveal: (index) => list.current?.scrollToIndex(index, { align: 'nearest' }),
    leave: props.onLeave,
  })
  useSwipe((target, x) => {
    const row = target.closest<HTMLElement>('[data-message]')
    if (!row || !scroller.current?.contains(row) || x <= EDGE_PX) return undefined
    const message = items.find(({ id }) => id === row.dataset.message)
    const can = message && actions.selection.size === 0 && actions.rights(message).reply
    return can ? { element: row, right: () => actions.reply(message) } : undefined
  })
  const { toBottom } = scroll
  const { focusLast } = roving
  useImperativeHandle(props.ref, () => ({ toBottom, focusLast }), [toBottom, focusLast])
  const currentIndex = rows.findIndex((row) => row.message.id === roving.current)
  const editingIndex = rows.findIndex((row) => row.message.id === actions.editing)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when editing begins
  useEffect(() => {
    if (editingIndex >= 0) list.current?.scrollToIndex(editingIndex, { align: 'nearest' })
  }, [actions.editing])

  if (items.length === 0) {
    return <NoRows messages={messages} intro={props.intro} />
  }
  return (
    <div className="relative min-h-0 flex-1">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the messages within */}
      <div
        ref={scroller}
        className="flex h-full flex-col overflow-y-auto overflow-x-hidden overscroll-contain
          [overflow-anchor:none]"
        onKeyDown={roving.onKeyDown}
        onMouseDown={roving.onMouseDown}
        onClick={roving.onClick}
        onFocus={roving.onFocus}
      >
        <div className="grow" />
        <Virtualizer
          ref={list}
          scrollRef={scroller}
          data={rows}
          shift={scroll.shift}
          cache={scroll.cache}
          itemSize={ROW_PX}
          // First what is in sight, in one drawing; what is around it once that is painted.
          bufferSize={scroll.settled ? BUFFER_PX : 0}
          keepMounted={[currentIndex, editingIndex].filter((index) => index >= 0)}
          onScroll={scroll.onScroll}
          onResize={scroll.onResize}
        >
          {(row: Row, index: number) => (
            <div key={row.message.id} className={index === rows.length - 1 ? 'pb-3' : undefined}>
              {index === 0 && !hasOlder && props.intro}
              {index === 0 && hasOlder && <Older />}
              {row.day && <DayLine day={row.day} />}
              {row.unread && <UnreadLine onSeen={props.onLineSeen} />}
              <MessageRow
                message={row.message}
                head={row.head}
                tabbable={row.message.id === roving.current}
                highlighted={row.message.id === scroll.found}
                threads
                onTakeBack={onTakeBack}
              />
            </div>
          )}
        </Virtualizer>
      </div>
      {props.above}
      {scroll.away && <Newest count={scroll.fresh} onPress={toBottom} />}
    </div>
  )
}

/** Room for the page that is on its way; the same height always, so that nothing moves. */
function Older() {
  return (
    <div className="flex h-16 items-center px-5 max-md:px-4">
      <Skeleton className="h-4 w-1/2" />
    </div>
  )
}

function Newest({ count, onPress }: { count: number; onPress(): void }) {
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
      <Button
        size="sm"
        icon={<ArrowDown size={14} aria-hidden />}
        className="pointer-events-auto rounded-full! shadow-popup"
        onClick={onPress}
      >
        {count > 0 ? t('chat.new_messages', { count }) : t('chat.to_newest')}
      </Button>
    </div>
  )
}

function NoRows({ messages, intro }: { messages: Messages; intro: ReactNode }) {
  if (messages.status === 'error') {
    return (
      <div className="min-h-0 flex-1">
        <Empty
          title={t('chat.load_failed')}
          action={<Button onClick={() => messages.jumpTo(null)}>{t('common.retry')}</Button>}
        />
      </div>
    )
  }
  if (messages.status === 'loading') return <Loading />
  return (
    <div className="flex min-h-0 flex-1 flex-col justify-end overflow-y-auto pb-3">{intro}</div>
  )
}

/** Shows only after 150 ms (see Skeleton). */
export function Loading() {
  return (
    <div
      className="flex min-h-0 flex-1 flex-col justify-end gap-5 overflow-hidden px-5 pb-4"
      aria-busy
      aria-label={t('common.loading')}
      role="status"
    >
      {['w-2/3', 'w-1/2', 'w-3/4', 'w-2/5'].map((width) => (
        <div key={width} className="flex gap-3">
          <Skeleton className="size-9 rounded-full" />
          <div className="flex flex-1 flex-col gap-2 pt-0.5">
            <Skeleton className="h-3.5 w-32" />
            <Skeleton className={`h-3.5 ${width}`} />
          </div>
        </div>
      ))}
    </div>
  )
}
