// Asks before a message that names a very large group, or everybody in a large channel, is sent.

import { t } from '../../../i18n'
import { groupMentionBounds, useGroups, useReach } from '../../../model/group'
import { useMe } from '../../../model/member'
import { everyoneBounds } from '../../../model/policy'
import { Confirm } from '../../../ui/Dialog'
import { type Large, largeMention } from './large'
import type { Surroundings } from './useOptions'

/** The largest that the text names, if that is large. */
export function useLargeMention(text: string, around: Surroundings): Large | undefined {
  const groups = useGroups()
  const reach = useReach()
  const me = useMe()
  const { present, everyone } = around
  const bounds = { ...groupMentionBounds(), everyone: everyoneBounds }
  return largeMention(text, { groups, reach, present, me, everyone }, bounds)
}

interface Props {
  large: Large | undefined
  open: boolean
  onClose(): void
  onSend(): void
}

export function AskLargeMention({ large, open, onClose, onSend }: Props) {
  const { name = '', count = 0, allowed = false } = large ?? {}
  return (
    <Confirm
      open={open && large !== undefined}
      onOpenChange={(next) => !next && onClose()}
      title={allowed ? t('chat.group_large', { count }) : t('chat.group_too_large', { name })}
      description={large && hintOf(large)}
      action={t(allowed ? 'chat.group_large_send' : 'chat.group_too_large_send')}
      onConfirm={onSend}
    />
  )
}

function hintOf({ kind, name, count, allowed }: Large): string {
  if (kind === 'group') {
    return allowed
      ? t('chat.group_large_hint', { name })
      : t('chat.group_too_large_hint', { name, count })
  }
  return allowed
    ? t('chat.everyone_large_hint')
    : t('chat.everyone_too_large_hint', { count: everyoneBounds.told })
}
