// All spaces that one may see: find, look at, join, make.

import { Link } from '@tanstack/react-router'
import { Lock, Orbit, Plus } from 'lucide-react'
import { useState } from 'react'
import { spaceHref } from '../../app/place'
import { t } from '../../i18n'
import { useMe } from '../../model/member'
import { failureText } from '../../model/pending'
import { joinSpace, useOwnSpaces, useSpaces } from '../../model/space'
import type { Space } from '../../protocol'
import { Button } from '../../ui/Button'
import { Empty } from '../../ui/Empty'
import { Checkbox } from '../../ui/Field'
import { toast } from '../../ui/Toast'
import { SpaceForm } from './SpaceForm'
import { SpaceMark } from './SpaceMark'

export function SpacesPage() {
  const me = useMe()
  const own = useOwnSpaces()
  const all = useSpaces()
  const [archived, setArchived] = useState(false)
  const [making, setMaking] = useState(false)
  const spaces = all.filter((space) => (space.archived ?? false) === archived)
  const mayMake = me.role !== 'guest'
  const make = (
    <Button variant="primary" icon={<Plus size={16} />} onClick={() => setMaking(true)}>
      {t('space.new')}
    </Button>
  )
  return (
    <section aria-label={t('space.title')} className="flex h-full min-h-0 flex-col bg-canvas">
      <header className="flex h-(--header-height) shrink-0 items-center gap-2 border-b px-4">
        <h1 className="flex-1 font-semibold">{t('space.title')}</h1>
        {mayMake && all.length > 0 && make}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {spaces.length === 0 && !archived && (
          <Empty
            icon={<Orbit size={20} aria-hidden />}
            title={t('space.none')}
            hint={t('space.none_hint')}
            action={mayMake && make}
          />
        )}
        <ul className="mx-auto max-w-3xl px-4 py-4 max-md:px-3">
          {spaces.map((space) => (
            <SpaceLine key={space.id} space={space} isIn={own.has(space.id)} />
          ))}
        </ul>
        {all.some((space) => space.archived) && (
          <div className="mx-auto max-w-3xl px-6 pb-6">
            <Checkbox checked={archived} onChange={setArchived} label={t('space.show_archived')} />
          </div>
        )}
      </div>
      {making && <SpaceForm onClose={() => setMaking(false)} />}
    </section>
  )
}

function SpaceLine({ space, isIn }: { space: Space; isIn: boolean }) {
  return (
    <li className="relative flex min-h-14 items-center gap-3 rounded-md px-2 py-2 hover:bg-hover">
      <SpaceMark space={space} size={32} />
      <Link to={spaceHref(space.id)} className="min-w-0 flex-1 after:absolute after:inset-0">
        <span className="flex items-center gap-1.5 font-medium">
          <span className="truncate">{space.name}</span>
          {space.kind === 'closed' && (
            <Lock size={14} role="img" aria-label={t('space.kind_closed')} className="text-faint" />
          )}
        </span>
        {space.description && (
          <span className="block truncate text-soft text-sm">{space.description}</span>
        )}
      </Link>
      {isIn ? (
        <span className="shrink-0 text-faint text-sm">{t('space.joined')}</span>
      ) : (
        !space.archived && <JoinSpace space={space} />
      )}
    </li>
  )
}

export function JoinSpace({ space }: { space: Space }) {
  return (
    <Button
      size="sm"
      className="relative z-10"
      aria-label={t('space.join_named', { name: space.name })}
      onClick={() =>
        joinSpace(space.id).settled.catch((error: Error) =>
          toast({ title: failureText(error), kind: 'error' }),
        )
      }
    >
      {t('space.join')}
    </Button>
  )
}
