// The signed-in frame: side bar, main, side pane; on a phone one of them at a time. Pages go into
// main; what the address names as `pane` goes beside it.

import { useLocation } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { type ReactNode, Suspense, useEffect, useState } from 'react'
import { useDialog } from '../../app/dialog'
import {
  ChannelDialogs,
  InfoPane,
  Palette,
  ProjectDialogs,
  SectionDialog,
  StatusDialog,
  TaskPane,
  ThreadPane,
} from '../../app/pages'
import { closePane, type Pane, parsePane } from '../../app/place'
import { errorText, t } from '../../i18n'
import { setTimeZone } from '../../i18n/zone'
import { useMe } from '../../model/member'
import { afterPaint } from '../../model/paint'
import { client } from '../../sync/client'
import type { Failure } from '../../sync/pending'
import { IconButton } from '../../ui/Button'
import { cx } from '../../ui/class'
import { Skeleton } from '../../ui/Skeleton'
import { toast } from '../../ui/Toast'
import { useGlobalKeys } from '../palette/useGlobalKeys'
import { useAnnouncer } from './announce'
import { BottomBar } from './BottomBar'
import { ConnectionLine } from './ConnectionLine'
import { SideBar } from './SideBar'
import { useSwipeBack } from './swipe_back'
import { useTitle } from './title'
import { rememberPlace } from './visited'

export function Frame({ children }: { children: ReactNode }) {
  const { pathname, search } = useLocation()
  const zone = useMe().time_zone
  // Before anything below writes a time; another zone draws everything anew.
  setTimeZone(zone)
  const pane = parsePane((search as { pane?: string }).pane)
  const isSettled = useSettled()
  const hasOpened = useEver(useDialog() !== undefined)
  useTitle()
  useSwipeBack(pathname, pane)
  useGlobalKeys()
  useRefusals()
  useAnnouncer()
  useEffect(() => afterPaint(() => void rememberPlace(pathname)), [pathname])
  return (
    <div key={zone} className="frame flex h-[calc(100dvh-env(safe-area-inset-top))] flex-col">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-canvas focus:p-2"
      >
        {t('shell.skip_to_content')}
      </a>
      <ConnectionLine />
      <div className="relative flex min-h-0 flex-1 max-md:overflow-x-clip">
        <SideBar />
        <main
          id="main"
          aria-label={t('shell.main')}
          data-swipes="back"
          className={cx('swipes-back flex min-w-0 flex-1 flex-col', pane && 'max-md:hidden')}
        >
          <Suspense fallback={<PageFallback />}>{children}</Suspense>
        </main>
        {pane && <SidePane pane={pane} pathname={pathname} />}
      </div>
      <BottomBar />
      {isSettled && (
        <Suspense>
          <Palette />
          {hasOpened && <ChannelDialogs />}
          {hasOpened && <ProjectDialogs />}
          {hasOpened && <SectionDialog />}
          {hasOpened && <StatusDialog />}
        </Suspense>
      )}
    </div>
  )
}

interface SidePaneProps {
  pane: Pane
  pathname: string
}

function SidePane({ pane, pathname }: SidePaneProps) {
  return (
    <aside
      aria-label={t('shell.side_pane')}
      data-swipes="back"
      className={cx(
        'swipes-back relative flex min-w-0 flex-col bg-canvas max-md:flex-1 md:w-(--pane-width) md:border-l',
        'md:max-lg:absolute md:max-lg:inset-y-0 md:max-lg:right-0 md:max-lg:z-30',
        'md:max-lg:max-w-[85vw] md:max-lg:shadow-popup lg:shrink-0',
      )}
    >
      <Suspense fallback={<PaneFallback />}>
        <PaneContent pane={pane} pathname={pathname} />
      </Suspense>
    </aside>
  )
}

function PaneContent({ pane, pathname }: SidePaneProps) {
  if ('thread' in pane)
    return <ThreadPane key={pane.thread} messageId={pane.thread} reply={pane.reply} />
  if ('task' in pane) return <TaskPane key={pane.task} taskKey={pane.task} comment={pane.comment} />
  const channelId = /^\/c\/([\w-]+)/.exec(pathname)?.[1]
  return channelId ? <InfoPane key={channelId} channelId={channelId} /> : <PaneFallback />
}

/** A page that is being loaded; seen only if that takes a while. */
function PageFallback() {
  return (
    <div
      role="status"
      aria-busy
      aria-label={t('common.loading')}
      className="flex flex-col gap-4 p-6"
    >
      <Skeleton className="h-6 w-48 max-w-full" />
      <Skeleton className="h-4 w-2/3" />
      <Skeleton className="h-4 w-1/2" />
    </div>
  )
}

/** Even before the pane is loaded it can be closed. */
function PaneFallback() {
  return (
    <div className="flex h-(--header-height) items-center justify-end px-2">
      <IconButton label={t('shell.pane_close')} onClick={closePane}>
        <X size={16} />
      </IconButton>
    </div>
  )
}

/** False until the first screen is painted: dialogs and palette load after it. */
function useSettled(): boolean {
  const [isSettled, setSettled] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), 50)
    return () => clearTimeout(timer)
  }, [])
  return isSettled
}

/** Whether it was ever true: what was opened once stays, to close in its own time. */
function useEver(is: boolean): boolean {
  const [ever, setEver] = useState(is)
  if (is && !ever) setEver(true)
  return ever
}

/** Tells of refused commands for whose answer nobody waits. */
function useRefusals(): void {
  useEffect(() => {
    const tell = (failure: Failure) =>
      toast({ kind: 'error', title: t('shell.refused'), description: errorText(failure.code) })
    client.onRefused = ({ error }) => error && tell(error)
    client.onVoteRefused = tell
    return () => {
      client.onRefused = () => {}
      client.onVoteRefused = () => {}
    }
  }, [])
}
