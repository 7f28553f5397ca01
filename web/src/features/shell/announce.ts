// Tells the reader of what concerns them while they look elsewhere: a note of the browser and a
// short sound. Quiet when they want quiet, once however many tabs are open. Set up by the frame.

import { useEffect } from 'react'
import {
  channelHref,
  go,
  inboxHref,
  messageHref,
  openPane,
  parsePane,
  taskHref,
} from '../../app/place'
import { t } from '../../i18n'
import { preferences } from '../../model/preference'
import { showAsPush } from '../../model/push'
import type { Notification as Told } from '../../protocol'
import { client } from '../../sync/client'
import type { Opened } from '../../sync/pushed'
import { plainText } from '../inbox/logic/plain'
import { reasonText } from '../inbox/reason'
import { playSound } from './sound'

/** How long one tab keeps the others from telling the same. */
const TOLD_MS = 2_000

export function useAnnouncer(): void {
  useEffect(() => {
    client.onNotified = (notification) => void announceOnce(notification)
    navigator.serviceWorker?.addEventListener('message', followClick)
    return () => {
      client.onNotified = () => {}
      navigator.serviceWorker?.removeEventListener('message', followClick)
    }
  }, [])
}

/** A note of the service worker was clicked. */
function followClick({ data }: MessageEvent<Partial<Opened>>): void {
  if (data.type === 'tenon.open' && data.path) go(data.path)
}

/** All tabs hear of it; the first takes it. */
async function announceOnce(notification: Told): Promise<void> {
  if (isQuiet(notification) || isLookingAt(notification)) return
  if (!navigator.locks) return announce(notification)
  const name = `tenon.announce:${notification.id}`
  await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (!lock) return
    announce(notification)
    await new Promise((resolve) => setTimeout(resolve, TOLD_MS))
  })
}

function isQuiet(notification: Told): boolean {
  const { do_not_disturb_until: end } = preferences()
  return notification.quiet === true || (!!end && new Date(end) > new Date())
}

/** The place is open before the reader's eyes. */
function isLookingAt({ channel, thread, message, key }: Told): boolean {
  if (document.visibilityState !== 'visible' || !document.hasFocus()) return false
  const pane = new URLSearchParams(location.search).get('pane')
  if (key) {
    const shown = parsePane(pane)
    return (shown && 'task' in shown && shown.task === key) || location.pathname === taskHref(key)
  }
  if (thread) return pane === `thread:${thread}`
  if (pane === `thread:${message}`) return true
  return !!channel && location.pathname === channelHref(channel)
}

function announce(notification: Told): void {
  const { sound, browser } = preferences()
  if (sound) playSound()
  if (browser && !document.hasFocus()) void show(notification)
}

async function show(notification: Told): Promise<void> {
  if (!('Notification' in window) || Notification.permission !== 'granted') return
  const who = client.view.member(notification.actor)?.name ?? ''
  const title = t('inbox.notify_title', { who, what: reasonText(notification) })
  const body = [notification.key, plainText(notification.excerpt ?? '')].filter(Boolean).join(' ')
  const { key, message } = notification
  const path = key
    ? taskHref(key, message ?? undefined)
    : message
      ? messageHref(message)
      : inboxHref
  try {
    if (await showAsPush(notification, title, body, path)) return
    const note = new Notification(title, { body, tag: notification.id, icon: '/icon.svg' })
    note.onclick = () => {
      window.focus()
      note.close()
      open(notification)
    }
  } catch {
    // Browsers on phones show notes from a service worker alone.
  }
}

function open({ channel, thread, message, key, cause }: Told): void {
  if (key) return go(taskHref(key, message ?? undefined))
  if (channel) go(thread ? channelHref(channel) : `${channelHref(channel)}?at=${cause}`)
  else go(inboxHref)
  if (thread && message) setTimeout(() => openPane({ thread }))
}
