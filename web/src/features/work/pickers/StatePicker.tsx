/** Chooses a state of one workflow. */
import { t } from '../../../i18n'
import type { State } from '../../../protocol'
import { StateIcon } from '../icon'
import { PickerButton, PickerList, type PickerProps } from './Picker'

interface Props {
  states: readonly State[]
  value: string
  onChange: (state: string) => void
}

/** A button with a list of states. */
export function StatePicker({ states, value, onChange, ...button }: Props & PickerProps) {
  return (
    <PickerButton
      {...button}
      popup={(anchor, close) => (
        <StateList
          anchor={anchor}
          states={states}
          value={value}
          onChange={onChange}
          onClose={close}
        />
      )}
    />
  )
}

type ListProps = Props & { anchor: Parameters<typeof PickerList>[0]['anchor']; onClose: () => void }

/** The list alone, for an anchor that is no picker button. */
export function StateList({ states, value, onChange, ...list }: ListProps) {
  return (
    <PickerList
      {...list}
      label={t('work.state')}
      options={states.map((state) => ({
        value: state.id,
        text: state.name,
        words: [state.id, state.category],
        icon: <StateIcon category={state.category} />,
      }))}
      value={[value]}
      onChange={([chosen]) => chosen && onChange(chosen)}
    />
  )
}
