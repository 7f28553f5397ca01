// A small picker: recent ones, search in English and Chinese, groups. A chunk of its own.

import { Plus } from 'lucide-react'
import { useId, useMemo, useRef, useState } from 'react'
import { go, settingsHref } from '../../../app/place'
import { type Key, t } from '../../../i18n'
import { useAddsEmoji, useEmojiNames } from '../../../model/emoji'
import { cx } from '../../../ui/class'
import { EmojiMark } from '../../../ui/EmojiMark'
import { customEmoji, EMOJI, type Emoji, type EmojiGroup, searchEmoji } from './emoji'
import { recentEmoji, usedEmoji } from './recent'

const GROUPS: readonly Exclude<EmojiGroup, 'custom'>[] = [
  'hands',
  'faces',
  'hearts',
  'work',
  'nature',
  'food',
  'signs',
]
const COLUMNS = 8

interface Section {
  title: Key
  items: readonly Emoji[]
}

export default function EmojiPicker({ onPick }: { onPick(emoji: string): void }) {
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const list = useId()
  const grid = useRef<HTMLDivElement>(null)
  const names = useEmojiNames(true)
  const adds = useAddsEmoji()
  const sections = useMemo(() => sectionsFor(query, customEmoji(names)), [query, names])
  const all = sections.flatMap((section) => section.items)
  const at = Math.min(active, all.length - 1)
  const pick = (emoji: Emoji | undefined) => {
    if (!emoji) return
    usedEmoji(emoji.emoji)
    onPick(emoji.emoji)
  }
  const move = (to: number) => {
    const next = Math.max(0, Math.min(all.length - 1, to))
    setActive(next)
    grid.current?.querySelector(`[data-at="${next}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <div className="flex h-80 w-80 max-w-[calc(100vw-24px)] flex-col">
      <input
        // biome-ignore lint/a11y/noAutofocus: the picker was opened to be typed into
        autoFocus
        value={query}
        placeholder={t('chat.emoji_search')}
        aria-label={t('chat.emoji_search')}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={all.length > 0 ? `${list}-${at}` : undefined}
        className="h-10 shrink-0 border-b bg-transparent px-3 outline-none"
        onChange={(event) => {
          setQuery(event.currentTarget.value)
          setActive(0)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || event.keyCode === 229) return
          const steps: Record<string, number> = {
            ArrowLeft: query === '' ? -1 : 0,
            ArrowRight: query === '' ? 1 : 0,
            ArrowUp: -COLUMNS,
            ArrowDown: COLUMNS,
          }
          const step = steps[event.key]
          if (event.key === 'Enter') pick(all[at])
          else if (step) move(at + step)
          else return
          event.preventDefault()
        }}
      />
      <div
        ref={grid}
        id={list}
        role="listbox"
        tabIndex={-1}
        aria-label={t('chat.emoji')}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-2"
      >
        {all.length === 0 && <p className="p-3 text-faint">{t('chat.emoji_none')}</p>}
        {sections.map((section, index) => (
          <Group
            key={section.title}
            section={section}
            list={list}
            first={countBefore(sections, index)}
            active={at}
            onEnter={setActive}
            onPick={pick}
          />
        ))}
      </div>
      {adds && (
        <button
          type="button"
          className="flex h-9 shrink-0 items-center gap-2 border-t px-3 text-left text-soft text-sm
            hover:bg-hover"
          onClick={() => go(settingsHref('emoji'))}
        >
          <Plus size={14} aria-hidden />
          {t('emoji.add')}
        </button>
      )}
    </div>
  )
}

const countBefore = (sections: readonly Section[], index: number) =>
  sections.slice(0, index).reduce((sum, { items }) => sum + items.length, 0)

interface GroupProps {
  section: Section
  /** Id of the whole list. */
  list: string
  /** Place in the list of the group's first one. */
  first: number
  /** Place of the one that Enter picks. */
  active: number
  onEnter(at: number): void
  onPick(emoji: Emoji): void
}

function Group({ section, list, first, active, onEnter, onPick }: GroupProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a list box knows groups, not field sets
    <div role="group" aria-label={t(section.title)}>
      <div className="px-1 pt-2 pb-1 font-medium text-faint text-xs">{t(section.title)}</div>
      <div className="grid grid-cols-8">
        {section.items.map((emoji, index) => (
          <button
            key={emoji.emoji}
            type="button"
            role="option"
            tabIndex={-1}
            id={`${list}-${first + index}`}
            data-at={first + index}
            aria-selected={first + index === active}
            aria-label={emoji.names[0]?.replaceAll('_', ' ')}
            title={`:${emoji.names[0]}:`}
            className={cx(
              'flex aspect-square items-center justify-center rounded-md text-xl',
              first + index === active && 'bg-active',
            )}
            onPointerEnter={() => onEnter(first + index)}
            onClick={() => onPick(emoji)}
          >
            <EmojiMark emoji={emoji.emoji} hidden />
          </button>
        ))}
      </div>
    </div>
  )
}

/** Limit: custom emoji that stand in the picker; the others are found by name. */
const CUSTOM_MAX = 160

function sectionsFor(query: string, custom: readonly Emoji[]): Section[] {
  if (query.trim() !== '') {
    const items = searchEmoji(query, 48, custom)
    return items.length === 0 ? [] : [{ title: 'chat.emoji_found', items }]
  }
  const known = [...custom, ...EMOJI]
  const recent = recentEmoji(16).flatMap((emoji) => known.find((one) => one.emoji === emoji) ?? [])
  const groups = GROUPS.map((group) => ({
    title: `chat.emoji_${group}` as Key,
    items: EMOJI.filter((emoji) => emoji.group === group),
  }))
  const own: Section = { title: 'emoji.of_workspace', items: custom.slice(0, CUSTOM_MAX) }
  const first = [{ title: 'chat.emoji_recent' as Key, items: recent }]
  return [...first, ...(custom.length > 0 ? [own] : []), ...groups]
}
