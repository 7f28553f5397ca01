// The command palette and the sheet of keys: what is open follows from `useDialog`. Finds in the
// replica at once and asks the server for tasks that are not loaded. A chunk of its own.

import { Dialog } from '@base-ui/react/dialog'
import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { closeDialog, useDialogProps } from '../../app/dialog'
import { go, searchHref } from '../../app/place'
import { t, useLanguage } from '../../i18n'
import { useChannels } from '../../model/channel'
import { useGroups } from '../../model/group'
import { useMe, useMembers } from '../../model/member'
import { useProjects } from '../../model/project'
import { useSpaces } from '../../model/space'
import { loadedTasks, searchTasks } from '../../model/task'
import type { Task } from '../../protocol'
import { Kbd } from '../../ui/Kbd'
import { rememberSearch } from '../search/recent'
import {
  channelItem,
  commandItems,
  groupItem,
  type Item,
  personItem,
  projectItem,
  spaceItem,
  taskItem,
} from './item'
import { loadPinyin } from './pinyin'
import { recentItems, rememberItem } from './recent'
import { ShortcutSheet } from './ShortcutSheet'
import { findItems, parseQuery, wantsServer } from './search'

export function Palette() {
  const palette = useDialogProps('palette')
  return (
    <>
      <Dialog.Root open={palette.open} onOpenChange={palette.onOpenChange}>
        <Dialog.Portal>
          <Dialog.Backdrop
            className="fixed inset-0 z-40 bg-veil transition-opacity
            duration-(--quick) data-ending-style:opacity-0 data-starting-style:opacity-0"
          />
          <Dialog.Popup
            aria-label={t('palette.title')}
            className="popup fixed top-[12vh] left-1/2 z-40 flex max-h-[min(480px,72dvh)]
              w-[calc(100vw-24px)] max-w-160 -translate-x-1/2 flex-col max-md:top-3"
          >
            <Finder />
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
      <ShortcutSheet />
    </>
  )
}

function Finder() {
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState('')
  const items = useItems(query)
  const recent = useMemo(recentItems, [])
  const found = [...findItems(items, query, recent), ...searchItem(query)]
  const lately = query.trim() === '' ? found.filter((item) => recent.includes(item.id)) : []
  const rest = found.slice(lately.length)
  // The first match is chosen whenever what was found changes.
  const first = found[0]?.id ?? ''
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new query chooses anew
  useEffect(() => setChosen(first), [first, query])
  const run = (item: Item) => {
    rememberItem(item.id)
    closeDialog()
    // After the palette has given the focus back, so that what opens can take it.
    setTimeout(item.run)
  }
  return (
    <Command
      label={t('palette.title')}
      shouldFilter={false}
      loop
      value={chosen}
      onValueChange={setChosen}
      className="flex min-h-0 flex-col"
    >
      <div className="flex h-12 shrink-0 items-center gap-3 border-line border-b px-4">
        <Search size={16} aria-hidden className="shrink-0 text-faint" />
        <Command.Input
          autoFocus
          value={query}
          onValueChange={setQuery}
          placeholder={t('palette.placeholder')}
          className="h-full min-w-0 flex-1 bg-transparent text-base outline-none max-md:text-lg"
          onKeyDown={(event) => {
            // Enter that ends a composition chooses nothing.
            if (event.nativeEvent.isComposing || event.keyCode === 229) event.stopPropagation()
          }}
        />
        <span className="finger:hidden">
          <Kbd keys="Esc" />
        </span>
      </div>
      <Command.List className="min-h-0 flex-1 scroll-py-1 overflow-y-auto overscroll-contain p-1">
        <Command.Empty className="px-4 py-8 text-center text-soft">
          {t('palette.nothing', { query: parseQuery(query).text })}
        </Command.Empty>
        {lately.length > 0 && (
          <Command.Group heading={<Heading>{t('palette.recent')}</Heading>}>
            {lately.map((item) => (
              <Line key={item.id} item={item} onRun={run} />
            ))}
          </Command.Group>
        )}
        {lately.length > 0 ? (
          <Command.Group heading={<Heading>{t('palette.commands')}</Heading>}>
            {rest.map((item) => (
              <Line key={item.id} item={item} onRun={run} />
            ))}
          </Command.Group>
        ) : (
          rest.map((item) => <Line key={item.id} item={item} onRun={run} />)
        )}
      </Command.List>
      <p
        className="flex h-9 shrink-0 items-center gap-3 border-line border-t px-4 text-faint
        text-xs finger:hidden"
      >
        <span className="flex items-center gap-1">
          <Kbd keys="↑" />
          <Kbd keys="↓" />
          {t('palette.choose')}
        </span>
        <span className="flex items-center gap-1">
          <Kbd keys="Enter" />
          {t('palette.go')}
        </span>
        <span className="flex-1" />
        <span className="truncate">{t('palette.signs')}</span>
      </p>
    </Command>
  )
}

/** Where everything that was said is found: below what one can go to. */
function searchItem(query: string): Item[] {
  const { kinds, text } = parseQuery(query)
  if (kinds !== null || text === '') return []
  return [
    {
      id: 'command:search',
      kind: 'command',
      title: t('palette.search_for', { query: text }),
      texts: [text],
      icon: <Search size={16} aria-hidden />,
      run: () => {
        rememberSearch(text)
        go(searchHref({ q: text }))
      },
    },
  ]
}

function Heading({ children }: { children: string }) {
  return <span className="block px-3 pt-2 pb-1 font-medium text-faint text-xs">{children}</span>
}

function Line({ item, onRun }: { item: Item; onRun: (item: Item) => void }) {
  return (
    <Command.Item
      value={item.id}
      onSelect={() => onRun(item)}
      className="flex h-10 select-none items-center gap-3 rounded-md px-3
        data-[selected=true]:bg-hover"
    >
      <span className="flex w-5 shrink-0 justify-center text-faint">{item.icon}</span>
      <span className="min-w-0 truncate">{item.title}</span>
      <span className="flex-1" />
      {item.hint && (
        <span className="max-w-52 shrink-0 truncate text-faint text-xs">{item.hint}</span>
      )}
      {item.shortcut && <Kbd keys={item.shortcut} />}
      <span className="w-16 shrink-0 text-right text-faint text-xs finger:hidden">
        {t(`palette.kind_${item.kind}`)}
      </span>
    </Command.Item>
  )
}

/** Everything that can be found now, the server's tasks included. */
function useItems(query: string): Item[] {
  const me = useMe()
  const members = useMembers()
  const channels = useChannels()
  const groups = useGroups()
  const spaces = useSpaces()
  const projects = useProjects()
  const language = useLanguage()
  const remote = useRemoteTasks(query)
  const [sounds, setSounds] = useState(false)
  useEffect(() => {
    loadPinyin().then(() => setSounds(true))
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: sounds and language change matches
  return useMemo(() => {
    const byId = new Map(projects.map((project) => [project.id, project]))
    const tasks = new Map<string, Task>()
    for (const task of [...loadedTasks(), ...remote]) tasks.set(task.id, task)
    return [
      ...channels
        .filter((channel) => !channel.archived && channel.kind !== 'direct')
        .map(channelItem),
      ...members.filter((member) => member.active).map((member) => personItem(member, me)),
      ...groups.filter((group) => !group.archived).map(groupItem),
      ...spaces.filter((space) => !space.archived).map(spaceItem),
      ...projects.filter((project) => !project.archived).map(projectItem),
      ...[...tasks.values()].map((task) => taskItem(task, byId.get(task.project))),
      ...commandItems(me),
    ]
  }, [me, members, groups, spaces, channels, projects, remote, sounds, language])
}

/** Between the last key and the question to the server. */
const PAUSE_MS = 150

function useRemoteTasks(query: string): readonly Task[] {
  const [found, setFound] = useState<readonly Task[]>([])
  useEffect(() => {
    if (!wantsServer(query)) return
    let here = true
    const timer = setTimeout(() => {
      searchTasks(parseQuery(query).text).then(
        (tasks) => here && setFound(tasks),
        // Offline: what is loaded is found all the same.
        () => undefined,
      )
    }, PAUSE_MS)
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [query])
  return found
}
