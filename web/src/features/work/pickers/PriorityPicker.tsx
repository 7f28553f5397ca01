/** Chooses a priority. */
import { t } from '../../../i18n'
import type { Priority } from '../../../protocol'
import { PriorityIcon } from '../icon'
import { PRIORITIES } from '../logic/filter'
import { type Option, PickerButton, PickerList, type PickerProps } from './Picker'

type Anchor = Parameters<typeof PickerList>[0]['anchor']

interface Props {
  value: Priority
  onChange: (priority: Priority) => void
}

/** A button with a list of priorities. */
export function PriorityPicker({ value, onChange, ...button }: Props & PickerProps) {
  return (
    <PickerButton
      {...button}
      popup={(anchor, close) => (
        <PriorityList anchor={anchor} value={value} onChange={onChange} onClose={close} />
      )}
    />
  )
}

/** The list alone, for an anchor that is no picker button. */
export function PriorityList(props: Props & { anchor: Anchor; onClose: () => void }) {
  return (
    <PickerList
      anchor={props.anchor}
      label={t('work.priority')}
      options={priorityOptions()}
      value={[props.value]}
      onChange={([chosen]) => props.onChange(chosen as Priority)}
      onClose={props.onClose}
    />
  )
}

/** All priorities, most urgent first. */
export function priorityOptions(): Option[] {
  return PRIORITIES.map((priority) => ({
    value: priority,
    text: priorityName(priority),
    words: [priority],
    icon: <PriorityIcon priority={priority} />,
  }))
}

/** The name of a priority in the reader's language. */
export function priorityName(priority: Priority): string {
  return t(`work.priority_${priority}`)
}
