// Asks before a message that names a very large group is sent.

import { t } from '../../../i18n'
import { groupMentionBounds, useGroups, useReach } from '../../../model/group'
import { useMe } from '../../../model/member'
import { Confirm } from '../../../ui/Dialog'
import { type Large, largeGroup } from './large'

/** The large group that the text names, if it names one. */
export function useLargeGroup(
  text: string,
  present: readonly string[] | undefined,
): Large | undefined {
  const groups = useGroups()
  const reach = useReach()
  const me = useMe()
  return largeGroup(text, { groups, reach, present, me }, groupMentionBounds())
}

interface Props {
  large: Large | undefined
  open: boolean
  onClose(): void
  onSend(): void
}

export function AskLargeGroup({ large, open, onClose, onSend }: Props) {
  const name = large?.group.name ?? ''
  const count = large?.count ?? 0
  const words = large?.allowed ? 'large' : 'too_large'
  return (
    <Confirm
      open={open && large !== undefined}
      onOpenChange={(next) => !next && onClose()}
      title={t(`chat.group_${words}`, { name, count })}
      description={t(`chat.group_${words}_hint`, { name, count })}
      action={t(large?.allowed ? 'chat.group_large_send' : 'chat.group_too_large_send')}
      onConfirm={onSend}
    />
  )
}
