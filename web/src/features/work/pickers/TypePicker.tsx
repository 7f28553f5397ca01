/** Chooses one of a project's types. */
import { t } from '../../../i18n'
import { typeName } from '../../../model/task_type'
import type { TaskType } from '../../../protocol'
import { TypeIconMark } from '../type'
import { PickerButton, PickerList, type PickerProps } from './Picker'

interface Props {
  types: readonly TaskType[]
  value: string
  onChange: (type: string) => void
}

/** A button with a list of types. */
export function TypePicker({ types, value, onChange, ...button }: Props & PickerProps) {
  return (
    <PickerButton
      {...button}
      popup={(anchor, close) => (
        <TypeList anchor={anchor} types={types} value={value} onChange={onChange} onClose={close} />
      )}
    />
  )
}

type ListProps = Props & { anchor: Parameters<typeof PickerList>[0]['anchor']; onClose: () => void }

/** The list alone, for an anchor that is no picker button. */
export function TypeList({ types, value, onChange, ...list }: ListProps) {
  return (
    <PickerList
      {...list}
      label={t('work.type')}
      options={types.map((type) => ({
        value: type.id,
        text: typeName(type),
        words: [type.id],
        icon: <TypeIconMark type={type} />,
      }))}
      value={[value]}
      onChange={([chosen]) => chosen && onChange(chosen)}
    />
  )
}
