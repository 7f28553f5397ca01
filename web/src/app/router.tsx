// Every address, and the page it shows. Addresses are written by `place.ts`.

import {
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  parseSearchWith,
  redirect,
  stringifySearchWith,
  useLocation,
  useParams,
} from '@tanstack/react-router'
import { Frame } from '../features/shell/Frame'
import { HomePage } from '../features/shell/HomePage'
import { SideBar } from '../features/shell/SideBar'
import type { SearchKind } from '../model/search'
import { useSession } from '../model/session'
import { useWide } from '../ui/wide'
import { Broken } from './App'
import { AccountPage, Starting, Unreachable } from './gate'
import { MessagePlace } from './MessagePlace'
import { NotFound } from './NotFound'
import {
  ChannelPage,
  ChannelsPage,
  DraftsPage,
  InboxPage,
  MyWorkPage,
  PeoplePage,
  ProjectPage,
  SearchPage,
  SettingsPage,
  SpacePage,
  SpacesPage,
  TaskPane,
  ThreadsPage,
} from './pages'
import { type Face, type ProjectFace, parsePane, provideRouter } from './place'

const root = createRootRoute({
  component: Root,
  errorComponent: Broken,
  notFoundComponent: () => <NotFound />,
  validateSearch: (
    search: Record<string, unknown>,
  ): { pane?: string; at?: number; query?: string } => ({
    ...(typeof search.pane === 'string' && parsePane(search.pane) ? { pane: search.pane } : {}),
    ...(Number(search.at) > 0 ? { at: Number(search.at) } : {}),
    ...(search.query ? { query: String(search.query) } : {}),
  }),
})

/** Signed in: the frame. Otherwise the page that leads there; what a link is for shows always. */
function Root() {
  const session = useSession()
  const bySecret = useLocation({
    select: ({ pathname }) => /^\/(invite|unsubscribe|reset)\//.test(pathname),
  })
  if (bySecret || session === 'signed-out') return <AccountPage />
  if (session === 'starting') return <Starting />
  if (session === 'unreachable') return <Unreachable />
  return (
    <Frame>
      <Outlet />
    </Frame>
  )
}

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage })

const channels = createRoute({
  getParentRoute: () => root,
  path: '/channels',
  component: function Channels() {
    return useWide() ? <ChannelsPage /> : <SideBar full />
  },
})

const channel = createRoute({
  getParentRoute: () => root,
  path: '/c/$channelId',
  component: () => <Channel />,
})

const channelFace = createRoute({
  getParentRoute: () => root,
  path: '/c/$channelId/$face',
  component: () => <Channel />,
})

function Channel() {
  const { channelId = '', face } = useParams({ strict: false })
  const { at } = root.useSearch()
  const shown: Face = face === 'board' || face === 'list' ? face : 'chat'
  return <ChannelPage key={channelId} channelId={channelId} face={shown} at={at} />
}

const project = createRoute({
  getParentRoute: () => root,
  path: '/p/$projectKey',
  beforeLoad: ({ params }) => {
    throw redirect({ href: `/p/${params.projectKey}/board`, replace: true })
  },
})

const FACES: readonly ProjectFace[] = ['list', 'settings', 'archive', 'trash']

const projectFace = createRoute({
  getParentRoute: () => root,
  path: '/p/$projectKey/$face',
  component: function Project() {
    const { projectKey, face } = projectFace.useParams()
    const shown = FACES.find((each) => each === face) ?? 'board'
    return <ProjectPage key={projectKey} projectKey={projectKey} face={shown} />
  },
})

const task = createRoute({
  getParentRoute: () => root,
  path: '/t/$key',
  component: function Task() {
    const { key } = task.useParams()
    const { comment } = task.useSearch() as { comment?: unknown }
    const linked = typeof comment === 'string' ? comment : undefined
    return <TaskPane key={key} taskKey={key.toUpperCase()} comment={linked} full />
  },
})

const message = createRoute({
  getParentRoute: () => root,
  path: '/m/$id',
  component: function Message() {
    return <MessagePlace messageId={message.useParams().id} />
  },
})

const inbox = createRoute({
  getParentRoute: () => root,
  path: '/inbox',
  component: InboxPage,
})

const myWork = createRoute({
  getParentRoute: () => root,
  path: '/my-work',
  component: MyWorkPage,
})

const threads = createRoute({
  getParentRoute: () => root,
  path: '/threads',
  component: ThreadsPage,
})

const drafts = createRoute({
  getParentRoute: () => root,
  path: '/drafts',
  component: () => <DraftsPage face="drafts" />,
})

const scheduled = createRoute({
  getParentRoute: () => root,
  path: '/drafts/scheduled',
  component: () => <DraftsPage face="scheduled" />,
})

const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  component: () => <PeoplePage />,
})

const group = createRoute({
  getParentRoute: () => root,
  path: '/people/$groupId',
  component: function OneGroup() {
    return <PeoplePage groupId={group.useParams().groupId} />
  },
})

const spaces = createRoute({
  getParentRoute: () => root,
  path: '/spaces',
  component: SpacesPage,
})

const space = createRoute({
  getParentRoute: () => root,
  path: '/spaces/$spaceId',
  component: function OneSpace() {
    const { spaceId } = space.useParams()
    return <SpacePage key={spaceId} spaceId={spaceId} />
  },
})

const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  validateSearch: (search: Record<string, unknown>) => ({
    ...(search.q === undefined ? {} : { q: String(search.q) }),
    ...(KINDS.includes(search.type as SearchKind) ? { type: search.type as SearchKind } : {}),
    ...(search.sort === 'newest' ? { sort: 'newest' as const } : {}),
  }),
  component: function Search() {
    const { q = '', type, sort } = search.useSearch()
    return <SearchPage query={{ q, kind: type, sort }} />
  },
})

const KINDS: readonly SearchKind[] = ['message', 'task', 'file', 'person']

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings/$page',
  component: function Settings() {
    return <SettingsPage page={settings.useParams().page} />
  },
})

const settingsList = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: () => <SettingsPage />,
})

const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite/$secret',
  component: () => null,
})

const unsubscribe = createRoute({
  getParentRoute: () => root,
  path: '/unsubscribe/$link',
  component: () => null,
})

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset/$secret',
  component: () => null,
})

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    channels,
    channel,
    channelFace,
    project,
    projectFace,
    task,
    message,
    inbox,
    myWork,
    threads,
    drafts,
    scheduled,
    people,
    group,
    spaces,
    space,
    search,
    settings,
    settingsList,
    invite,
    unsubscribe,
    reset,
  ]),
  // Values as they are typed: `1.0` in a search is no number.
  parseSearch: parseSearchWith((text) => text),
  stringifySearch: stringifySearchWith(JSON.stringify),
  scrollRestoration: false,
  defaultPendingMs: 150,
})

provideRouter(router)
