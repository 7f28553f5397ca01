// What a space or channel follows: groups whose people are in it, and of a channel its space.

import { useState } from 'react'
import { t } from '../../i18n'
import { updateChannel } from '../../model/channel'
import { useMe } from '../../model/member'
import { failureText } from '../../model/pending'
import { followGroup, useFollowed } from '../../model/roster'
import { canManageSpace, useOwnSpaces, useSpace } from '../../model/space'
import type { Channel, Roster } from '../../protocol'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Switch } from '../../ui/Field'
import { toast } from '../../ui/Toast'
import { GroupField } from './GroupField'

interface Props {
  roster: Roster
  /** Of a channel. */
  channel?: Channel
  onClose(): void
}

/** What a channel does with the people of its space. */
interface Place {
  follows_space: boolean
  is_default: boolean
}

export function FollowWindow({ roster, channel, onClose }: Props) {
  const before = useFollowed(roster, false)?.groups
  const [chosen, setChosen] = useState<readonly string[]>()
  const [place, setPlace] = useState<Partial<Place>>({})
  const groups = chosen ?? before ?? []
  const save = () => {
    onClose()
    const added = groups.filter((id) => !before?.includes(id))
    const removed = (before ?? []).filter((id) => !groups.includes(id))
    const sent = [
      ...added.map((id) => followGroup(roster, id, true)),
      ...removed.map((id) => followGroup(roster, id, false)),
      ...(channel && Object.keys(place).length > 0 ? [updateChannel(channel.id, place)] : []),
    ]
    Promise.all(sent.map(({ settled }) => settled)).catch((error: Error) =>
      toast({ title: failureText(error), kind: 'error' }),
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('roster.follow')}
      description={t(channel ? 'roster.channel_hint' : 'roster.space_hint')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" disabled={!before} onClick={save}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {channel?.space && (
          <OfSpace
            channel={channel}
            space={channel.space}
            place={place}
            onChange={(changes) => setPlace({ ...place, ...changes })}
          />
        )}
        <GroupField label={t('roster.groups')} value={groups} onChange={setChosen} />
      </div>
    </Dialog>
  )
}

interface OfSpaceProps {
  channel: Channel
  space: string
  place: Partial<Place>
  onChange(changes: Partial<Place>): void
}

function OfSpace({ channel, space: id, place, onChange }: OfSpaceProps) {
  const me = useMe()
  const space = useSpace(id)
  const isIn = useOwnSpaces().has(id)
  if (!space) return null
  const { name } = space
  const isPublic = channel.kind === 'public'
  const follows = place.follows_space ?? channel.follows_space ?? false
  return (
    <div className="flex flex-col gap-3">
      <Switch
        checked={follows}
        onChange={(follows_space) => onChange({ follows_space })}
        label={t(isPublic ? 'roster.follow_space' : 'roster.follow_space_private', { name })}
      />
      {isPublic && !follows && canManageSpace(space, me, isIn) && (
        <Switch
          checked={place.is_default ?? channel.is_default ?? false}
          onChange={(is_default) => onChange({ is_default })}
          label={t('roster.space_default', { name })}
        />
      )}
    </div>
  )
}
