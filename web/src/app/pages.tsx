// The features' pages, each a chunk of its own where it is not on the first screen. This file is
// the contract between the frame and the features: paths, names and props.

import { persistently } from '../ui/persistently'

/** `{ channelId: string; face: Face; at?: number }`: header with faces, and what the face shows. */
export { ChannelPage } from '../features/chat/ChannelPage'

import { lazily } from '../ui/lazily'
/** No props; all channels, where the side bar stands beside it. */
export const ChannelsPage = lazily(
  async () => (await import('../features/chat/channel/ChannelsPage')).ChannelsPage,
)
/** `{ messageId: string }` in the side pane. */
export const ThreadPane = lazily(
  async () => (await import('../features/chat/ThreadPane')).ThreadPane,
)
/** `{ channelId: string }` in the side pane. */
export const InfoPane = lazily(async () => (await import('../features/chat/InfoPane')).InfoPane)
/** No props; draws whichever of its dialogs `useDialog` names. */
export const ChannelDialogs = lazily(
  async () => (await persistently(() => import('../features/chat/ChannelDialogs'))).ChannelDialogs,
)

/** No props; draws the dialog of a section of the side bar when `useDialog` names it. */
export const SectionDialog = lazily(
  async () => (await persistently(() => import('../features/shell/SectionDialog'))).SectionDialog,
)

/** No props; draws the dialog of the reader's status when `useDialog` names it. */
export const StatusDialog = lazily(
  async () => (await persistently(() => import('../features/shell/StatusDialog'))).StatusDialog,
)

/** `{ projectKey: string; face: 'board' | 'list' | 'settings' }` */
export const ProjectPage = lazily(
  async () => (await import('../features/work/project/ProjectPage')).ProjectPage,
)
/** `{ taskKey: string; full?: boolean }`: in the side pane, or as a page. */
export const TaskPane = lazily(
  async () => (await import('../features/work/pane/TaskPane')).TaskPane,
)
/** No props. */
export const InboxPage = lazily(async () => (await import('../features/inbox/InboxPage')).InboxPage)
/** No props. */
export const MyWorkPage = lazily(
  async () => (await import('../features/work/mywork/MyWorkPage')).MyWorkPage,
)
/** No props. */
export const ThreadsPage = lazily(
  async () => (await import('../features/chat/threads/ThreadsPage')).ThreadsPage,
)
/** `{ face: 'drafts' | 'scheduled' }` */
export const DraftsPage = lazily(
  async () => (await import('../features/chat/drafts/DraftsPage')).DraftsPage,
)
/** `{ groupId?: string }`: everyone, or one group; `all` is everyone on a phone too. */
export const PeoplePage = lazily(
  async () => (await import('../features/people/PeoplePage')).PeoplePage,
)
/** No props. */
export const SpacesPage = lazily(
  async () => (await import('../features/space/SpacesPage')).SpacesPage,
)
/** `{ spaceId: string }` */
export const SpacePage = lazily(async () => (await import('../features/space/SpacePage')).SpacePage)
/** `{ query: SearchQuery }` */
export const SearchPage = lazily(
  async () => (await import('../features/search/SearchPage')).SearchPage,
)
/** No props; draws whichever of its dialogs `useDialog` names. */
export const ProjectDialogs = lazily(
  async () => (await persistently(() => import('../features/work/ProjectDialogs'))).ProjectDialogs,
)

/** No props; draws the palette and the sheet of shortcuts when `useDialog` names them. */
export const Palette = lazily(
  async () => (await persistently(() => import('../features/palette/Palette'))).Palette,
)

export const SettingsPage = lazily(
  async () => (await import('../features/settings/SettingsPage')).SettingsPage,
)
