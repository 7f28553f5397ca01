// In a direct channel: whether what one said last has been read. One quiet line below the talk,
// there only while nobody has answered.

import { t } from '../../../i18n'
import { useMe } from '../../../model/member'
import type { LocalMessage } from '../../../model/message'
import { useReaders, useShowsReaders } from '../../../model/reader'
import { useWindowWatched } from '../list/useWatching'

interface Props {
  channel: string
  /** The newest message; undefined if newer ones are not loaded. */
  newest: LocalMessage | undefined
}

export function ReadLine({ channel, newest }: Props) {
  const me = useMe().id
  const shows = useShowsReaders()
  const watched = useWindowWatched()
  const own = newest?.author === me && !newest.local && !newest.deleted && !newest.card
  const { read, unread } = useReaders(channel, own && shows ? newest.id : undefined, watched)
  if (!own || !read || read.length + unread.length === 0) return null
  return (
    <p className="px-5 pb-1 text-right text-faint text-xs max-md:px-4">
      {unread.length === 0
        ? t('reader.all')
        : read.length === 0
          ? t('reader.none')
          : t('reader.some', { done: read.length, count: read.length + unread.length })}
    </p>
  )
}
