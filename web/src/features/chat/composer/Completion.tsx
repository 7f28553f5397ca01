// The pop-up of a completion: a list box above the composer. The text area keeps the focus and
// tells assistive technology which line is active.

import { AtSign, Hash, Lock, Megaphone, Network, UsersRound } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { t } from '../../../i18n'
import { everyoneBounds } from '../../../model/policy'
import { Avatar } from '../../../ui/Avatar'
import { cx } from '../../../ui/class'
import { EmojiMark } from '../../../ui/EmojiMark'
import { Kbd } from '../../../ui/Kbd'
import { StateIcon } from '../../work/icon'
import type { Option } from './option'

interface Props {
  id: string
  options: readonly Option[]
  active: number
  onHover(index: number): void
  onPick(option: Option): void
}

/** Id of a line's element, for `aria-activedescendant`. */
export function lineId(list: string, index: number): string {
  return `${list}-${index}`
}

export function Completion({ id, options, active, onHover, onPick }: Props) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div
      className="popup absolute bottom-full left-0 z-30 mb-1.5 flex max-h-80 w-96 max-w-full
        flex-col"
    >
      <div
        ref={list}
        id={id}
        role="listbox"
        tabIndex={-1}
        aria-label={t('chat.completion')}
        className="min-h-0 flex-1 overflow-y-auto p-1"
      >
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text area handles the keys
          <div
            key={option.id}
            id={lineId(id, index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={cx(
              'flex h-8 select-none items-center gap-2 rounded-md px-2 finger:h-10',
              index === active && 'bg-hover',
            )}
            // The press must not take the focus from the text.
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => index !== active && onHover(index)}
            onClick={() => onPick(option)}
          >
            <Line option={option} />
          </div>
        ))}
      </div>
      <p className="flex gap-3 border-t px-3 py-1.5 text-faint text-xs finger:hidden">
        <span>
          <Kbd keys="↑" /> <Kbd keys="↓" /> {t('chat.completion_move')}
        </span>
        <span>
          <Kbd keys="Enter" /> {t('chat.completion_take')}
        </span>
        <span>
          <Kbd keys="Esc" /> {t('chat.completion_close')}
        </span>
      </p>
    </div>
  )
}

function Line({ option }: { option: Option }) {
  switch (option.kind) {
    case 'member':
      return (
        <>
          <Avatar member={option.member} size={20} />
          <span className="truncate font-medium">{option.member.name}</span>
          <span className="truncate text-faint text-sm">@{option.member.handle}</span>
          {option.outside && (
            <span className="ml-auto shrink-0 text-faint text-xs">{t('chat.not_here')}</span>
          )}
        </>
      )
    case 'group': {
      const Icon = option.group.kind === 'department' ? Network : UsersRound
      return (
        <>
          <Icon size={16} aria-hidden className="mx-0.5 shrink-0 text-soft" />
          <span className="truncate font-medium">{option.group.name}</span>
          <span className="truncate text-faint text-sm">@{option.group.handle}</span>
          <span className="ml-auto shrink-0 text-faint text-xs">
            {t('people.count', { count: option.count })}
          </span>
        </>
      )
    }
    case 'command':
      return (
        <>
          <span className="shrink-0 font-medium">{option.put}</span>
          <span className="truncate text-faint text-sm">{t(`chat.slash_${option.id}`)}</span>
        </>
      )
    case 'everyone':
      return (
        <>
          <Megaphone size={16} aria-hidden className="mx-0.5 shrink-0 text-soft" />
          <span className="font-medium">{option.put}</span>
          <span className="truncate text-faint text-sm">
            {(option.count ?? 0) > everyoneBounds.told
              ? t('chat.everyone_hint_nobody', { count: everyoneBounds.told })
              : t('chat.everyone_hint')}
          </span>
          {option.count !== undefined && (
            <span className="ml-auto shrink-0 text-faint text-xs">
              {t('people.count', { count: option.count })}
            </span>
          )}
        </>
      )
    case 'channel': {
      const Icon = option.channel.kind === 'private' ? Lock : Hash
      return (
        <>
          <Icon size={14} aria-hidden className="mx-px shrink-0 text-faint" />
          <span className="truncate font-medium">{option.channel.name}</span>
          <span className="truncate text-faint text-sm">{option.channel.topic}</span>
        </>
      )
    }
    case 'task':
      return (
        <>
          {option.category ? (
            <StateIcon category={option.category} />
          ) : (
            <AtSign size={14} aria-hidden className="text-faint" />
          )}
          <span className="shrink-0 text-soft text-sm tabular-nums">{option.put}</span>
          <span className="truncate">{option.title}</span>
        </>
      )
    case 'emoji':
      return (
        <>
          <span className="w-6 text-center text-lg leading-none">
            <EmojiMark emoji={option.put} hidden />
          </span>
          <span className="truncate text-soft">:{option.name}:</span>
        </>
      )
  }
}
