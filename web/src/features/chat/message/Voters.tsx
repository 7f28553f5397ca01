// Who chose what in an open poll, option by option.

import { errorText, t } from '../../../i18n'
import { useMembers } from '../../../model/member'
import { useVotes } from '../../../model/poll'
import type { Poll } from '../../../protocol'
import { Button } from '../../../ui/Button'
import { Skeleton } from '../../../ui/Skeleton'
import { People, Person, Scroll } from './People'

export function Voters({ message, poll }: { message: string; poll: Poll }) {
  const { items, failure, hasMore, loadMore } = useVotes(message)
  const members = new Map(useMembers().map((member) => [member.id, member]))
  if (!items) {
    return (
      <div className="p-3">{failure ? errorText(failure.code) : <Skeleton className="h-5" />}</div>
    )
  }
  const chose = (place: number) => {
    const voters = items.filter(({ choices }) => choices.includes(place))
    return voters.flatMap(({ member }) => members.get(member) ?? [])
  }
  return (
    <Scroll label={t('poll.who')} className="max-h-96">
      {poll.options.map(({ text }, place) => {
        const voters = chose(place)
        return (
          <People key={place} title={`${text} · ${voters.length}`}>
            {voters.map((member) => (
              <Person key={member.id} member={member} />
            ))}
          </People>
        )
      })}
      {hasMore && (
        <Button size="sm" variant="ghost" onClick={loadMore}>
          {t('thread.more')}
        </Button>
      )}
    </Scroll>
  )
}
