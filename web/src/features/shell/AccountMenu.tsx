// The head of the side bar: the workspace's name, and the menu of oneself.

import {
  ChevronDown,
  Languages,
  LogOut,
  Settings,
  SmilePlus,
  SunMoon,
  UserPlus,
} from 'lucide-react'
import { useState } from 'react'
import { openDialog } from '../../app/dialog'
import { go, settingsHref } from '../../app/place'
import { language, setLanguage, t } from '../../i18n'
import { useConnection } from '../../model/connection'
import { updateMember, useMe, useWorkspace } from '../../model/member'
import { mayInvite, usePolicy } from '../../model/policy'
import { signOut } from '../../model/session'
import { setStatus, statusOf } from '../../model/status'
import { setTheme, type Theme, useTheme } from '../../model/theme'
import type { Language } from '../../protocol'
import { Avatar } from '../../ui/Avatar'
import { Confirm } from '../../ui/Dialog'
import { Menu, MenuCheck, MenuItem, MenuLine, MenuSub } from '../../ui/Menu'
import { StatusMark } from '../../ui/StatusMark'
import { WorkspaceMark } from '../../ui/WorkspaceMark'

export function AccountMenu() {
  const me = useMe()
  const workspace = useWorkspace()
  const policy = usePolicy()
  const { pending } = useConnection()
  const [asking, setAsking] = useState(false)
  const status = statusOf(me)
  return (
    <div className="p-2">
      <Menu
        align="start"
        className="w-60"
        trigger={
          <button
            type="button"
            className="flex h-10 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-hover data-popup-open:bg-hover"
          >
            {workspace.logo && <WorkspaceMark logo={workspace.logo} size={24} />}
            <span className="min-w-0 flex-1 truncate font-semibold">{workspace.name}</span>
            <span className="sr-only">, {t('shell.account_menu')}</span>
            <ChevronDown size={14} className="text-faint" aria-hidden="true" />
            <StatusMark member={me} />
            <Avatar member={me} size={24} />
          </button>
        }
      >
        <div className="px-2 py-1.5">
          <div className="truncate font-medium">{me.name}</div>
          <div className="truncate text-faint text-sm">@{me.handle}</div>
        </div>
        <MenuLine />
        <MenuItem icon={<SmilePlus size={16} />} onClick={() => openDialog('status')}>
          {status ? `${status.emoji ?? ''} ${status.text ?? ''}`.trim() : t('status.set')}
        </MenuItem>
        {status && <MenuItem onClick={() => setStatus(me.id, {})}>{t('status.clear')}</MenuItem>}
        <MenuItem icon={<Settings size={16} />} onClick={() => go(settingsHref())}>
          {t('shell.settings')}
        </MenuItem>
        {mayInvite(me, policy) && (
          <MenuItem icon={<UserPlus size={16} />} onClick={() => go(settingsHref('invitations'))}>
            {t('shell.invite')}
          </MenuItem>
        )}
        <ThemeMenu />
        <LanguageMenu me={me.id} />
        <MenuLine />
        <MenuItem
          icon={<LogOut size={16} />}
          onClick={() => (pending > 0 ? setAsking(true) : void signOut())}
        >
          {t('shell.sign_out')}
        </MenuItem>
      </Menu>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('shell.sign_out_title')}
        description={t('shell.sign_out_hint')}
        action={t('shell.sign_out')}
        danger
        onConfirm={() => void signOut()}
      />
    </div>
  )
}

function ThemeMenu() {
  const theme = useTheme()
  const choices: Theme[] = ['system', 'light', 'dark']
  return (
    <MenuSub label={t('shell.theme')} icon={<SunMoon size={16} />}>
      {choices.map((choice) => (
        <MenuCheck key={choice} closes checked={theme === choice} onChange={() => setTheme(choice)}>
          {t(`shell.theme_${choice}`)}
        </MenuCheck>
      ))}
    </MenuSub>
  )
}

function LanguageMenu({ me }: { me: string }) {
  const choices: [Language, string][] = [
    ['zh-CN', '简体中文'],
    ['en', 'English'],
  ]
  return (
    <MenuSub label={t('shell.language')} icon={<Languages size={16} />}>
      {choices.map(([choice, name]) => (
        <MenuCheck
          key={choice}
          closes
          checked={language() === choice}
          onChange={() => {
            updateMember(me, { language: choice })
            void setLanguage(choice)
          }}
        >
          <span lang={choice}>{name}</span>
        </MenuCheck>
      ))}
    </MenuSub>
  )
}
