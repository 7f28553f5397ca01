// What was searched for and what was found, all of it in the address: `/search?q=…&type=…&sort=…`.

import { SearchX } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import { go, searchHref } from '../../app/place'
import { errorText, language, t } from '../../i18n'
import { useConnection } from '../../model/connection'
import type { Failure } from '../../model/pending'
import { type Searched, type SearchKind, type SearchQuery, useSearch } from '../../model/search'
import { Button } from '../../ui/Button'
import { Empty } from '../../ui/Empty'
import { Skeleton } from '../../ui/Skeleton'
import { Tabs } from '../../ui/Tabs'
import { canonical, FILTERS, nameOf } from './filter'
import { Result } from './Result'
import { recentSearches, rememberSearch } from './recent'
import { SearchBox, type SearchBoxHandle } from './SearchBox'

type Face = 'all' | SearchKind

export function SearchPage({ query }: { query: SearchQuery }) {
  const list = useRef<HTMLDivElement>(null)
  const box = useRef<SearchBoxHandle>(null)
  const found = useSearch({ ...query, q: canonical(query.q) })
  const change = (next: Partial<SearchQuery>) =>
    go(searchHref({ ...query, ...next }), { replace: true })
  return (
    <section aria-label={t('search.title')} className="flex h-full min-h-0 flex-col bg-canvas">
      <h1 className="sr-only">{t('search.title')}</h1>
      <header className="shrink-0 border-line border-b px-4 pt-3 pb-2 max-md:px-3">
        <div className="mx-auto flex max-w-3xl flex-col gap-2">
          <SearchBox
            ref={box}
            value={query.q}
            onSearch={(q) => change({ q })}
            onLeave={() => results(list.current)[0]?.focus()}
          />
          <div className="flex flex-wrap items-center justify-between gap-x-2">
            <Tabs<Face>
              label={t('search.kinds')}
              value={query.kind ?? 'all'}
              onChange={(face) => change({ kind: face === 'all' ? undefined : face })}
              tabs={[
                { value: 'all', label: t('search.kind_all') },
                { value: 'message', label: t('search.kind_message') },
                { value: 'task', label: t('search.kind_task') },
                { value: 'file', label: t('search.kind_file') },
                { value: 'person', label: t('search.kind_person') },
              ]}
            />
            {query.kind !== 'person' && (found.items?.length ?? 0) > 0 && (
              <Button
                variant="ghost"
                size="sm"
                onClick={() => change({ sort: query.sort === 'newest' ? undefined : 'newest' })}
              >
                {query.sort === 'newest' ? t('search.sort_newest') : t('search.sort_relevance')}
              </Button>
            )}
          </div>
        </div>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: moves the focus between its links */}
      <div
        ref={list}
        className="min-h-0 flex-1 overflow-y-auto px-2 py-2"
        onKeyDown={(event) => move(event, list.current)}
      >
        <div className="mx-auto max-w-3xl">
          {query.q.trim() === '' ? (
            <Teaching
              onChoose={(q) => change({ q })}
              onBegin={(text) => box.current?.begin(text)}
            />
          ) : (
            <Answer query={query} found={found} />
          )}
        </div>
      </div>
    </section>
  )
}

function Answer({ query, found }: { query: SearchQuery; found: Searched }) {
  const { items, failure, complete, loading, more } = found
  if (failure) return <Failed failure={failure} onRetry={found.retry} />
  if (!items) return <Loading />
  if (items.length === 0) {
    return (
      <Empty
        icon={<SearchX size={20} aria-hidden />}
        title={t('search.nothing')}
        hint={complete ? t('search.nothing_hint') : t('search.incomplete')}
      />
    )
  }
  return (
    <div aria-busy={loading}>
      {!complete && <p className="px-3 py-2 text-faint text-sm">{t('search.incomplete')}</p>}
      <ul aria-label={t('search.results')}>
        {items.map((item) => (
          <li key={`${item.type}:${idOf(item)}`}>
            <Result found={item} onOpen={() => rememberSearch(query.q)} />
          </li>
        ))}
      </ul>
      {more && (
        <div className="flex justify-center py-3">
          <Button onClick={more} disabled={loading}>
            {t('search.more')}
          </Button>
        </div>
      )}
    </div>
  )
}

function idOf(found: NonNullable<Searched['items']>[number]): string {
  if (found.type === 'task') return found.task.id
  if (found.type === 'file') return found.file.id
  return found.type === 'message' ? found.message : found.member
}

function Failed({ failure, onRetry }: { failure: Failure; onRetry(): void }) {
  const { state } = useConnection()
  const filter = FILTERS.find((name) => name === failure.field)
  if (filter) return <Empty title={t(`search.wrong_${filter}`)} hint={t('search.wrong_hint')} />
  if (failure.code === 'too_large' || failure.code === 'limit_reached') {
    return <Empty title={t('search.too_long')} />
  }
  const offline = failure.code === 'offline' || state === 'offline'
  return (
    <Empty
      title={offline ? t('search.offline') : errorText(failure.code)}
      action={<Button onClick={onRetry}>{t('common.retry')}</Button>}
    />
  )
}

interface TeachingProps {
  onChoose(q: string): void
  /** A filter is begun in the box; its value is still to come. */
  onBegin(text: string): void
}

/** Before anything is typed: what can be typed, and what was. */
function Teaching({ onChoose, onBegin }: TeachingProps) {
  const recent = recentSearches()
  return (
    <div className="px-3 py-4">
      {recent.length > 0 && (
        <>
          <h2 className="pb-1 font-medium text-faint text-sm">{t('search.recent')}</h2>
          <ul className="pb-5">
            {recent.map((search) => (
              <li key={search}>
                <button
                  type="button"
                  data-result
                  onClick={() => onChoose(search)}
                  className="h-9 w-full truncate rounded-md px-2 text-left hover:bg-hover finger:h-11"
                >
                  {search}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2 className="pb-1 font-medium text-faint text-sm">{t('search.narrow')}</h2>
      <ul>
        {FILTERS.map((name) => (
          <li key={name}>
            <button
              type="button"
              data-result
              onClick={() => onBegin(`${nameOf(name, language())}:`)}
              className="flex min-h-9 w-full items-center gap-3 rounded-md px-2 py-1 text-left
                hover:bg-hover finger:min-h-11"
            >
              <code className="min-w-18 shrink-0 text-sm">
                <span className="rounded-sm bg-sunken px-1.5 py-0.5">
                  {nameOf(name, language())}:
                </span>
              </code>
              <span className="min-w-0 text-soft">{t(`search.filter_${name}`)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="px-2 pt-3 text-faint text-sm">{t('search.teach')}</p>
    </div>
  )
}

function Loading() {
  return (
    <div className="late flex flex-col gap-3 p-3" aria-busy="true">
      <Skeleton className="h-12 w-full" />
      <Skeleton className="h-12 w-full" />
      <Skeleton className="h-12 w-2/3" />
    </div>
  )
}

function results(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[data-result]') ?? [])]
}

/** Up and down go through what was found; up from the first goes back to the box. */
function move(event: KeyboardEvent, list: HTMLElement | null) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step) return
  const all = results(list)
  const at = all.indexOf(document.activeElement as HTMLElement)
  if (at < 0) return
  event.preventDefault()
  if (at + step < 0) {
    list?.parentElement?.querySelector<HTMLElement>('[role="combobox"]')?.focus()
  } else {
    all[at + step]?.focus()
  }
}
