// The message that is being written will ask to be acknowledged: the button, and the line above
// the words that says whom it asks.

import { CheckCheck, ChevronDown, X } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../i18n'
import { useChannelMembers } from '../../../model/channel'
import type { Asked } from '../../../protocol'
import { Button, IconButton } from '../../../ui/Button'
import { Menu, MenuCheck } from '../../../ui/Menu'

export interface Asking {
  of: Asked | undefined
  set(of: Asked | undefined): void
  /** For the message that goes now; the next one asks for nothing. */
  take(): Asked | undefined
}

export function useAsking(): Asking {
  const [of, set] = useState<Asked>()
  const take = () => {
    set(undefined)
    return of
  }
  return { of, set, take }
}

export function AskingButton({ asking }: { asking: Asking }) {
  const { of, set } = asking
  return (
    <IconButton
      size="sm"
      label={t('acknowledgement.ask')}
      pressed={of !== undefined}
      className="max-md:size-8"
      onClick={() => set(of ? undefined : 'members')}
    >
      <CheckCheck size={16} aria-hidden />
    </IconButton>
  )
}

export function AskingBar({ asking, channel }: { asking: Asking; channel: string }) {
  if (!asking.of) return null
  return (
    <div className="flex min-w-0 items-center gap-2 px-3 pt-2 text-sm text-soft">
      <CheckCheck size={14} aria-hidden className="shrink-0 text-accent-ink" />
      <span className="truncate">{t('acknowledgement.asks')}</span>
      <Whom of={asking.of} set={asking.set} channel={channel} />
      <span className="flex-1" />
      <IconButton size="sm" label={t('acknowledgement.drop')} onClick={() => asking.set(undefined)}>
        <X size={14} aria-hidden />
      </IconButton>
    </div>
  )
}

const WHOM: readonly Asked[] = ['members', 'mentioned']

interface WhomProps {
  of: Asked
  set(of: Asked): void
  channel: string
}

function Whom({ of, set, channel }: WhomProps) {
  const others = (useChannelMembers(channel)?.length ?? 1) - 1
  const everyone = t('acknowledgement.of_members')
  const names = {
    members: others > 0 ? `${everyone} (${others})` : everyone,
    mentioned: t('acknowledgement.of_mentioned'),
  }
  return (
    <Menu
      side="top"
      trigger={
        <Button size="sm" variant="ghost" icon={<ChevronDown size={14} aria-hidden />}>
          {names[of]}
        </Button>
      }
    >
      {WHOM.map((each) => (
        <MenuCheck key={each} closes checked={each === of} onChange={() => set(each)}>
          {names[each]}
        </MenuCheck>
      ))}
    </Menu>
  )
}
