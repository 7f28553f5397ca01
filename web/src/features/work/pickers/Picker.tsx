/**
 * The button and the pop-up list that every picker is made of. The list mounts only while it is
 * open, so that a screen with hundreds of pickers costs hundreds of plain buttons.
 */
import { Combobox } from '@base-ui/react/combobox'
import clsx from 'clsx'
import { Check } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { t } from '../../../i18n'
import { Named } from '../../../ui/Named'
import { rankBy } from '../../palette/match'
import { loadPinyin } from '../../palette/pinyin'

/** One line of a pop-up list. */
export interface Option {
  value: string
  text: string
  /** More that may be typed to find it: a handle, a key. */
  words?: readonly string[]
  icon?: ReactNode
  /** Small, at the right. */
  hint?: string
}

/** What every picker takes. */
export interface PickerProps {
  /** Names the button and the list for assistive technology. */
  label: string
  /** What the button shows. */
  children: ReactNode
  className?: string
  disabled?: boolean
  title?: string
  /** What it shows begins with the label already. */
  named?: boolean
}

interface ButtonProps extends PickerProps {
  popup: (anchor: RefObject<HTMLButtonElement | null>, close: () => void) => ReactNode
}

/** A button that opens a pop-up under itself. */
export function PickerButton(props: ButtonProps) {
  const { label, children, className, disabled, title, named, popup } = props
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="listbox"
        aria-expanded={open}
        title={title}
        disabled={disabled}
        className={clsx(
          'relative inline-flex min-w-0 items-center rounded-md text-left enabled:hover:bg-hover',
          open && 'bg-hover',
          className,
        )}
        // The press that closes the list from outside must not open it again.
        onPointerDown={() => {
          wasOpen.current = open
        }}
        onClick={() => {
          setOpen(!wasOpen.current)
          wasOpen.current = false
        }}
      >
        {!named && <Named label={label} />}
        {children}
      </button>
      {open && popup(button, () => setOpen(false))}
    </>
  )
}

interface ListProps {
  anchor: RefObject<Element | null> | Element | null
  label: string
  options: readonly Option[]
  /** Chosen values; at most one unless `multiple`. */
  value: readonly string[]
  multiple?: boolean
  /** A single choice closes the list; choosing the chosen one again changes nothing. */
  onChange: (value: string[]) => void
  onClose: () => void
  /** The option for a text that is none of the options yet. */
  create?: (text: string) => Option | null
  placeholder?: string
}

/** The pop-up: a search field and the matching options. */
export function PickerList(props: ListProps) {
  const { anchor, label, value, multiple = false, onChange, onClose, placeholder } = props
  const [query, setQuery] = useState('')
  const options = useShown(props, query)
  const byValue = new Map(options.map((option) => [option.value, option]))
  const list = (
    <Combobox.Portal>
      <Combobox.Positioner anchor={anchor} align="start" sideOffset={4} className="z-50">
        <Combobox.Popup
          aria-label={label}
          className="popup flex max-h-[min(360px,var(--available-height))] w-64 flex-col"
          finalFocus={() => focusable(anchor)}
        >
          <Combobox.Input
            aria-label={label}
            placeholder={placeholder ?? label}
            className="h-9 shrink-0 border-b border-line bg-transparent px-3 text-sm outline-none"
          />
          <Combobox.Empty className="px-3 text-sm text-faint empty:hidden not-empty:py-3">
            {options.length === 0 ? t('work.picker_nothing') : null}
          </Combobox.Empty>
          <Combobox.List className="flex-1 overflow-y-auto overscroll-contain p-1 empty:p-0">
            {(shown: string) => <Line key={shown} option={byValue.get(shown)} />}
          </Combobox.List>
        </Combobox.Popup>
      </Combobox.Positioner>
    </Combobox.Portal>
  )
  const shared = {
    open: true,
    onOpenChange: (open: boolean) => {
      if (!open) onClose()
    },
    items: options.map((option) => option.value),
    filter: null,
    inputValue: query,
    onInputValueChange: setQuery,
    itemToStringLabel: (shown: string) => byValue.get(shown)?.text ?? '',
    autoHighlight: true,
  }
  return multiple ? (
    <Combobox.Root
      {...shared}
      multiple
      value={[...value]}
      onValueChange={(chosen: string[]) => {
        onChange(chosen)
        setQuery('')
      }}
    >
      {list}
    </Combobox.Root>
  ) : (
    <Combobox.Root
      {...shared}
      value={value[0] ?? null}
      onValueChange={(chosen: string | null) => {
        if (chosen !== null && chosen !== value[0]) onChange([chosen])
        onClose()
      }}
    >
      {list}
    </Combobox.Root>
  )
}

function Line({ option }: { option?: Option }) {
  if (!option) return null
  return (
    <Combobox.Item
      value={option.value}
      className="flex h-8 cursor-default items-center gap-2 rounded-md px-2 text-sm
        outline-none data-[highlighted]:bg-hover"
    >
      {option.icon && (
        <span className="flex w-5 shrink-0 items-center justify-center">{option.icon}</span>
      )}
      <span className="min-w-0 flex-1 truncate">{option.text}</span>
      {option.hint && <span className="shrink-0 text-xs text-faint">{option.hint}</span>}
      <Combobox.ItemIndicator className="shrink-0 text-accent-ink">
        <Check size={14} aria-hidden />
      </Combobox.ItemIndicator>
    </Combobox.Item>
  )
}

/** Limit: options shown at once; typing finds the others. */
const OPTIONS_MAX = 100

/** The options that match, and the one that would be made. */
function useShown({ options, create }: ListProps, query: string): readonly Option[] {
  const [, setSounds] = useState(false)
  useEffect(() => {
    let here = true
    loadPinyin().then(() => here && setSounds(true))
    return () => {
      here = false
    }
  }, [])
  if (query.trim() === '') return options.slice(0, OPTIONS_MAX)
  const found = rankBy(options, query, (option) => [option.text, ...(option.words ?? [])])
  const made = create?.(query.trim())
  const shown = found.slice(0, OPTIONS_MAX)
  return made && !options.some((option) => option.value === made.value) ? [...shown, made] : shown
}

function focusable(anchor: ListProps['anchor']): HTMLElement | null {
  const element = anchor && 'current' in anchor ? anchor.current : anchor
  return element instanceof HTMLElement ? element : null
}
