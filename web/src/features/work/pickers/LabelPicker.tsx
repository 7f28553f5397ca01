/** Chooses labels among those in use, or makes one. */
import { Plus } from 'lucide-react'
import { t } from '../../../i18n'
import { LabelDot } from '../label'
import { PickerButton, PickerList, type PickerProps } from './Picker'

/** Limit: characters of one label. */
const LABEL_CHARS_MAX = 40

interface Props {
  value: readonly string[]
  /** Labels in use, most used first. */
  known: readonly string[]
  onChange: (labels: string[]) => void
}

/** A button with a list of labels. */
export function LabelPicker({ value, known, onChange, ...button }: Props & PickerProps) {
  return (
    <PickerButton
      {...button}
      popup={(anchor, close) => (
        <LabelList
          anchor={anchor}
          value={value}
          known={known}
          onChange={onChange}
          onClose={close}
        />
      )}
    />
  )
}

type ListProps = Props & { anchor: Parameters<typeof PickerList>[0]['anchor']; onClose: () => void }

/** The list alone, for an anchor that is no picker button. */
export function LabelList({ value, known, ...list }: ListProps) {
  const labels = [...new Set([...value, ...known])]
  return (
    <PickerList
      {...list}
      multiple
      label={t('work.labels')}
      placeholder={t('work.labels_search')}
      value={value}
      options={labels.map((label) => ({
        value: label,
        text: label,
        icon: <LabelDot label={label} />,
      }))}
      create={(text) =>
        text.length > LABEL_CHARS_MAX
          ? null
          : {
              value: text,
              text: t('work.label_create', { label: text }),
              icon: <Plus size={14} aria-hidden />,
            }
      }
    />
  )
}
