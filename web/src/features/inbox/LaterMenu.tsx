// When to bring something back: a few moments to choose from, each with its time.

import { Clock } from 'lucide-react'
import { t } from '../../i18n'
import { formatWhen } from '../../i18n/format'
import { useMe } from '../../model/member'
import { IconButton } from '../../ui/Button'
import { Menu, MenuItem } from '../../ui/Menu'
import { laterChoices } from './logic/later'

interface Props {
  label: string
  shortcut?: string
  open?: boolean
  onOpenChange?(open: boolean): void
  onChoose(at: Date): void
}

export function LaterMenu({ label, shortcut, open, onOpenChange, onChoose }: Props) {
  return (
    <Menu
      open={open}
      onOpenChange={onOpenChange}
      className="min-w-60"
      trigger={
        <IconButton size="sm" label={label} shortcut={shortcut}>
          <Clock size={16} aria-hidden />
        </IconButton>
      }
    >
      <LaterItems onChoose={onChoose} />
    </Menu>
  )
}

/** The same in a menu that is there already. */
export function LaterItems({ onChoose }: Pick<Props, 'onChoose'>) {
  const zone = useMe().time_zone
  return laterChoices(new Date(), zone).map(({ id, at }) => (
    <MenuItem key={id} onClick={() => onChoose(at)}>
      <span className="flex gap-3">
        <span className="flex-1">{t(`inbox.later_${id}`)}</span>
        <span className="text-faint tabular-nums">{formatWhen(at)}</span>
      </span>
    </MenuItem>
  ))
}
