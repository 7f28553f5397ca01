// The rows of one face of the inbox, by place, with their keys: j and k, Enter, e, h, u, z, w.

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { t } from '../../i18n'
import { useChannel, useChannelName } from '../../model/channel'
import { type InboxItem, updateNotifications } from '../../model/notification'
import { useProjects } from '../../model/project'
import { EDGE_PX, useSwipe } from '../../ui/swipe'
import { toast } from '../../ui/Toast'
import { isTyping } from '../palette/shortcut'
import { InboxRow } from './InboxRow'
import { groupByPlace, type InboxGroup } from './logic/group'
import { openNotification } from './open'
import { WhyDialog } from './WhyDialog'

interface Props {
  items: readonly InboxItem[]
  empty: ReactNode
  /** They are done: they can be brought back. */
  done?: boolean
  snoozed?: boolean
}

/** What a row, or its keys, can do. */
export interface RowActions {
  open(item: InboxItem): void
  finish(item: InboxItem): void
  snooze(item: InboxItem, at: Date | null): void
  toggleRead(item: InboxItem): void
  why(item: InboxItem): void
}

export function InboxList({ items, empty, done = false, snoozed = false }: Props) {
  const list = useRef<HTMLDivElement>(null)
  const [why, setWhy] = useState<string>()
  const [later, setLater] = useState<string>()
  const groups = groupByPlace(items)
  const rows = groups.flatMap((group) => group.items)
  const [current, setCurrent] = useState<string>()
  const undo = useRef<(() => void) | undefined>(undefined)
  const at = rows.findIndex(({ notification }) => notification.id === current)
  const stay = useRef(0)
  if (at >= 0) stay.current = at
  const shown = at >= 0 ? at : Math.min(stay.current, rows.length - 1)

  const focus = (index: number) => {
    const row = rows[Math.max(0, Math.min(index, rows.length - 1))]
    if (!row) return
    setCurrent(row.notification.id)
    rowOf(list.current, row.notification.id)?.focus()
  }
  const actions = actionsOf(done, undo, setWhy)
  useSwipe((target, x) => {
    const element = x > EDGE_PX ? target.closest<HTMLElement>('[data-swipes=inbox]') : null
    const id = element?.querySelector<HTMLElement>('[data-row]')?.dataset.row
    const item = rows.find(({ notification }) => notification.id === id)
    if (!element || !item || !list.current?.contains(element)) return undefined
    return {
      element,
      right: () => actions.finish(item),
      left: done ? undefined : () => setLater(id),
    }
  })
  // What was done has gone: the keyboard goes on with what took its place.
  useEffect(() => {
    if (current && at < 0 && (document.activeElement === document.body || isWithin(list.current)))
      focus(shown)
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.metaKey || event.ctrlKey || event.altKey) return
    const item = rows[shown]
    const handled = handleKey(event.key, {
      next: () => focus(at < 0 ? 0 : at + 1),
      previous: () => focus(at < 0 ? 0 : at - 1),
      open: () => item && actions.open(item),
      finish: () => item && actions.finish(item),
      later: () => item && !done && setLater(item.notification.id),
      unread: () => item && !done && actions.toggleRead(item),
      undo: () => undo.current?.(),
      why: () => item && actions.why(item),
    })
    if (handled) event.preventDefault()
  }
  useListKeys(
    list,
    () => focus(Math.max(0, shown)),
    () => undo.current?.(),
  )
  if (rows.length === 0) return empty
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys come from the focused row
    <div ref={list} onKeyDown={onKeyDown} className="mx-auto max-w-3xl px-2 pb-8 md:px-4">
      {groups.map((group) => (
        <section key={group.id} className="mt-4">
          <PlaceName group={group} />
          <ul className="mt-1">
            {group.items.map((item) => (
              <InboxRow
                key={item.notification.id}
                item={item}
                done={done}
                snoozed={snoozed}
                isCurrent={rows[shown] === item}
                onFocus={() => setCurrent(item.notification.id)}
                isChoosing={later === item.notification.id}
                onChoosing={(open) => setLater(open ? item.notification.id : undefined)}
                actions={actions}
              />
            ))}
          </ul>
        </section>
      ))}
      {why && <WhyDialog about={{ notification: why }} onClose={() => setWhy(undefined)} />}
    </div>
  )
}

function actionsOf(
  done: boolean,
  undo: { current: (() => void) | undefined },
  why: (id: string) => void,
): RowActions {
  const remember = (title: string, back: () => void) => {
    undo.current = () => {
      undo.current = undefined
      back()
    }
    toast({ title, action: { label: t('inbox.undo'), run: () => undo.current?.() } })
  }
  return {
    open: ({ notification, unread }) => openNotification(notification, unread),
    finish: ({ notification: { id } }) => {
      updateNotifications([id], { done: !done })
      const said = done ? t('inbox.restored_toast') : t('inbox.done_toast')
      remember(said, () => updateNotifications([id], { done }))
    },
    snooze: ({ notification: { id } }, at) => {
      updateNotifications([id], { snoozed_until: at?.toISOString() ?? null })
      if (at) {
        remember(t('inbox.snoozed_toast'), () => updateNotifications([id], { snoozed_until: null }))
      }
    },
    toggleRead: ({ notification: { id }, unread }) => {
      updateNotifications([id], { read: unread })
      undo.current = () => updateNotifications([id], { read: !unread })
    },
    why: ({ notification }) => why(notification.id),
  }
}

interface Keys {
  next(): void
  previous(): void
  open(): void
  finish(): void
  later(): void
  unread(): void
  undo(): void
  why(): void
}

function handleKey(key: string, keys: Keys): boolean {
  const table: Record<string, () => void> = {
    j: keys.next,
    ArrowDown: keys.next,
    k: keys.previous,
    ArrowUp: keys.previous,
    Enter: keys.open,
    e: keys.finish,
    h: keys.later,
    u: keys.unread,
    z: keys.undo,
    w: keys.why,
  }
  const run = table[key.length === 1 ? key.toLowerCase() : key]
  run?.()
  return run !== undefined
}

/** `j`, `k` and `z` work from wherever one came, but for the side pane and what is typed. */
function useListKeys(
  list: { current: HTMLElement | null },
  begin: () => void,
  undo: () => void,
): void {
  const latest = useRef({ begin, undo })
  useEffect(() => {
    latest.current = { begin, undo }
  })
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const { target } = event
      if (event.defaultPrevented || event.isComposing || isTyping(target)) return
      if (event.metaKey || event.ctrlKey || event.altKey) return
      if (!(target instanceof Element) || target.closest('[role=dialog], [role=menu], aside'))
        return
      if (['j', 'k'].includes(event.key) && list.current) {
        event.preventDefault()
        latest.current.begin()
      }
      if (event.key === 'z') latest.current.undo()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [list])
}

function rowOf(list: HTMLElement | null, id: string): HTMLElement | null | undefined {
  return list?.querySelector<HTMLElement>(`[data-row="${id}"]`)
}

function isWithin(list: HTMLElement | null): boolean {
  return list?.contains(document.activeElement) ?? false
}

function PlaceName({ group }: { group: InboxGroup }) {
  const channel = useChannel(group.channel)
  const name = useChannelName(group.channel)
  const projects = useProjects()
  const project = projects.find(({ id }) => id === group.project)
  const shown = channel && channel.kind !== 'direct' ? `# ${name}` : name
  return (
    <h2 className="truncate px-3 font-medium text-faint text-sm">
      {project ? project.name : shown || t('inbox.elsewhere')}
    </h2>
  )
}
