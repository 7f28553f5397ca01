// Everything the palette can find, as items: people, channels, projects, tasks, commands.

import {
  ArrowDown,
  ArrowDownFromLine,
  ArrowUp,
  ArrowUpFromLine,
  CheckCheck,
  CircleCheck,
  CircleUserRound,
  FolderPlus,
  Hash,
  Inbox,
  Keyboard,
  Languages,
  Lock,
  MessageSquarePlus,
  MessagesSquare,
  Moon,
  Network,
  Pencil,
  Plus,
  Settings,
  SmilePlus,
  SquarePen,
  Sun,
  SunMoon,
  UsersRound,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { openDialog } from '../../app/dialog'
import {
  draftsHref,
  go,
  groupHref,
  inboxHref,
  myWorkHref,
  openChannel,
  openProject,
  openTask,
  peopleHref,
  settingsHref,
  spaceHref,
  threadsHref,
} from '../../app/place'
import { language, setLanguage, t } from '../../i18n'
import { channelName, markAllRead, openDirect } from '../../model/channel'
import { updateMember } from '../../model/member'
import { setTheme } from '../../model/theme'
import type { Channel, Group, Member, Project, Space, Task } from '../../protocol'
import { Avatar } from '../../ui/Avatar'
import { SpaceMark } from '../space/SpaceMark'
import { StateIcon } from '../work/icon'
import { ProjectMark } from '../work/pickers'
import { step } from './useGlobalKeys'

export type ItemKind = 'person' | 'group' | 'space' | 'channel' | 'project' | 'task' | 'command'

export interface Item {
  /** Unique and lasting: `task:ID`. */
  id: string
  kind: ItemKind
  title: string
  /** What may be typed to find it; the title is among them. */
  texts: readonly string[]
  icon: ReactNode
  /** Small, at the right. */
  hint?: string
  shortcut?: string
  run: () => void
}

export function personItem(member: Member, me: Member): Item {
  return {
    id: `person:${member.id}`,
    kind: 'person',
    title: member.name,
    texts: [member.name, member.handle],
    icon: <Avatar member={member} size={20} />,
    hint: member.title || `@${member.handle}`,
    run: () => {
      openDirect(member.id === me.id ? [] : [member.id]).then((id) => openChannel(id))
    },
  }
}

export function groupItem(group: Group): Item {
  const Icon = group.kind === 'department' ? Network : UsersRound
  return {
    id: `group:${group.id}`,
    kind: 'group',
    title: group.name,
    texts: [group.name, group.handle],
    icon: <Icon size={16} aria-hidden />,
    hint: `@${group.handle}`,
    run: () => go(groupHref(group.id)),
  }
}

export function spaceItem(space: Space): Item {
  return {
    id: `space:${space.id}`,
    kind: 'space',
    title: space.name,
    texts: [space.name],
    icon: <SpaceMark space={space} />,
    hint: space.description || undefined,
    run: () => go(spaceHref(space.id)),
  }
}

export function channelItem(channel: Channel): Item {
  const name = channelName(channel)
  return {
    id: `channel:${channel.id}`,
    kind: 'channel',
    title: name,
    texts: [name, ...(channel.topic ? [channel.topic] : [])],
    icon:
      channel.kind === 'private' ? <Lock size={16} aria-hidden /> : <Hash size={16} aria-hidden />,
    hint: channel.topic || undefined,
    run: () => openChannel(channel.id),
  }
}

export function projectItem(project: Project): Item {
  return {
    id: `project:${project.id}`,
    kind: 'project',
    title: project.name,
    texts: [project.name, project.key],
    icon: <ProjectMark projectKey={project.key} />,
    hint: project.key,
    run: () => openProject(project.key),
  }
}

export function taskItem(task: Task, project: Project | undefined): Item {
  const state = project?.workflow.states.find((one) => one.id === task.state)
  return {
    id: `task:${task.id}`,
    kind: 'task',
    title: task.title,
    texts: [task.title, task.key],
    icon: <StateIcon category={state?.category ?? 'todo'} />,
    hint: task.key,
    run: () => openTask(task.key),
  }
}

/** Words in both languages: people type the one they think in. */
// Table: one entry per command.
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a table, one line per command
export function commandItems(me: Member): Item[] {
  const other = language() === 'en' ? 'zh-CN' : 'en'
  return [
    command('new-task', t('palette.new_task'), 'new task 新建任务', <Plus size={16} />, {
      shortcut: 'C',
      run: () => openDialog('new-task'),
    }),
    command('inbox', t('palette.inbox'), 'inbox notifications 收件箱 通知', <Inbox size={16} />, {
      shortcut: 'G I',
      run: () => go(inboxHref),
    }),
    command('my-work', t('palette.my_work'), 'my work 我的工作', <CircleCheck size={16} />, {
      shortcut: 'G M',
      run: () => go(myWorkHref),
    }),
    command('threads', t('palette.threads'), 'threads 话题', <MessagesSquare size={16} />, {
      shortcut: 'G T',
      run: () => go(threadsHref),
    }),
    command('drafts', t('palette.drafts'), 'drafts unsent 草稿 未发送', <Pencil size={16} />, {
      shortcut: 'G D',
      run: () => go(draftsHref),
    }),
    command(
      'people',
      t('palette.people'),
      'people directory departments groups 通讯录 部门 群组 组织架构',
      <UsersRound size={16} />,
      { run: () => go(peopleHref) },
    ),
    command(
      'new-direct',
      t('palette.new_direct'),
      'direct message 发消息 私聊',
      <SquarePen size={16} />,
      { run: () => openDialog('new-direct') },
    ),
    command(
      'new-channel',
      t('palette.new_channel'),
      'new channel 新建频道',
      <MessageSquarePlus size={16} />,
      { run: () => openDialog('create-channel') },
    ),
    command(
      'browse-channels',
      t('palette.browse_channels'),
      'browse join channels 浏览频道',
      <Hash size={16} />,
      { run: () => openDialog('browse-channels') },
    ),
    command(
      'new-project',
      t('palette.new_project'),
      'new project 新建项目',
      <FolderPlus size={16} />,
      { run: () => openDialog('create-project') },
    ),
    command(
      'mark-all-read',
      t('palette.mark_all_read'),
      'mark all read 全部标为已读 清除未读',
      <CheckCheck size={16} />,
      { shortcut: 'Shift+Esc', run: () => markAllRead() },
    ),
    ...walkItems(),
    command('status', t('status.set'), 'status away busy 状态 请假 开会', <SmilePlus size={16} />, {
      run: () => openDialog('status'),
    }),
    command('theme-light', t('palette.theme_light'), 'light theme 浅色主题', <Sun size={16} />, {
      run: () => setTheme('light'),
    }),
    command('theme-dark', t('palette.theme_dark'), 'dark theme 深色主题', <Moon size={16} />, {
      run: () => setTheme('dark'),
    }),
    command(
      'theme-system',
      t('palette.theme_system'),
      'system theme 跟随系统主题',
      <SunMoon size={16} />,
      { run: () => setTheme('system') },
    ),
    command(
      'language',
      t('palette.language'),
      'language english 语言 中文',
      <Languages size={16} />,
      {
        run: () => {
          void setLanguage(other)
          updateMember(me.id, { language: other })
        },
      },
    ),
    command(
      'profile',
      t('palette.profile'),
      'profile name avatar 个人资料',
      <CircleUserRound size={16} />,
      {
        run: () => go(settingsHref('profile')),
      },
    ),
    command('settings', t('palette.settings'), 'settings 设置', <Settings size={16} />, {
      shortcut: 'G S',
      run: () => go(settingsHref()),
    }),
    command(
      'shortcuts',
      t('palette.shortcuts'),
      'keyboard shortcuts 快捷键',
      <Keyboard size={16} />,
      {
        shortcut: '?',
        run: () => openDialog('shortcuts'),
      },
    ),
  ]
}

function walkItems(): Item[] {
  return [
    command(
      'previous-channel',
      t('palette.key_previous_channel'),
      'previous channel 上一个频道',
      <ArrowUp size={16} />,
      { shortcut: 'Alt+↑', run: () => step(-1, 'any') },
    ),
    command(
      'next-channel',
      t('palette.key_next_channel'),
      'next channel 下一个频道',
      <ArrowDown size={16} />,
      { shortcut: 'Alt+↓', run: () => step(1, 'any') },
    ),
    command(
      'previous-unread',
      t('palette.key_previous_unread'),
      'previous unread channel 上一个未读频道',
      <ArrowUpFromLine size={16} />,
      { shortcut: 'Alt+Shift+↑', run: () => step(-1, 'unread') },
    ),
    command(
      'next-unread',
      t('palette.key_next_unread'),
      'next unread channel 下一个未读频道',
      <ArrowDownFromLine size={16} />,
      { shortcut: 'Alt+Shift+↓', run: () => step(1, 'unread') },
    ),
  ]
}

function command(
  id: string,
  title: string,
  words: string,
  icon: ReactNode,
  more: Pick<Item, 'run' | 'shortcut'>,
): Item {
  return {
    id: `command:${id}`,
    kind: 'command',
    title,
    texts: [title, ...words.split(' '), words],
    icon,
    ...more,
  }
}
