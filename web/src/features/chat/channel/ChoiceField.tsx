// Chooses several things in a dialog: chips of the chosen, a search by what they are called or by
// pinyin, and the list of what fits.

import { Check, X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useMemo, useState } from 'react'
import { t } from '../../../i18n'
import { cx } from '../../../ui/class'
import { rankBy } from '../../palette/match'
import { useSounds } from '../../palette/useSounds'

export interface Choice {
  id: string
  name: string
  /** Beside the name, in grey. */
  detail: string
  /** What it is found by besides its name. */
  words: readonly string[]
}

interface Props<C extends Choice> {
  value: readonly string[]
  onChange(value: string[]): void
  label: string
  placeholder: string
  /** Where nothing fits. */
  none: string
  /** All that can be chosen, and all that is chosen. */
  choices: readonly C[]
  /** Ids that are not in the list. */
  without: readonly string[]
  mark(choice: C, size: 16 | 24): ReactNode
  /** Limit: how many may be chosen. */
  most: number
  autoFocus?: boolean | undefined
  /** Enter with nothing typed. */
  onEnter?: (() => void) | undefined
}

/** Limit: rows in the list; more are found by typing. */
const SHOWN_MAX = 50

const FIELD = 'overflow-hidden rounded-md border border-line-strong focus-within:border-accent'

export function ChoiceField<C extends Choice>(props: Props<C>) {
  const { value, onChange, label, choices, without, most } = props
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const list = useId()
  const sounds = useSounds()
  // biome-ignore lint/correctness/useExhaustiveDependencies: ranks anew once sounds are known
  const shown = useMemo(() => {
    const able = choices.filter(({ id }) => !without.includes(id))
    return rankBy(able, query, ({ name, words }) => [name, ...words]).slice(0, SHOWN_MAX)
  }, [choices, query, without, sounds])
  const chosen = value.flatMap((id) => choices.find((choice) => choice.id === id) ?? [])
  const at = Math.min(active, shown.length - 1)
  const toggle = (choice: C | undefined) => {
    if (!choice) return
    const is = value.includes(choice.id)
    if (!is && value.length >= most) return
    onChange(is ? value.filter((id) => id !== choice.id) : [...value, choice.id])
    setQuery('')
    setActive(0)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key === 'ArrowDown') setActive(Math.min(shown.length - 1, at + 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(0, at - 1))
    else if (event.key === 'Enter' && query === '' && value.length > 0) props.onEnter?.()
    else if (event.key === 'Enter') toggle(shown[at])
    else if (event.key === 'Backspace' && query === '') onChange(value.slice(0, -1))
    else return
    event.preventDefault()
  }
  return (
    <div className={FIELD}>
      <div className="flex max-h-28 flex-wrap items-center gap-1 overflow-y-auto p-1.5">
        {chosen.map((choice) => (
          <Chip key={choice.id} name={choice.name} onRemove={() => toggle(choice)}>
            {props.mark(choice, 16)}
          </Chip>
        ))}
        <input
          // biome-ignore lint/a11y/noAutofocus: the dialog is there to be typed into
          autoFocus={props.autoFocus}
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={shown.length > 0 ? `${list}-${at}` : undefined}
          aria-label={label}
          value={query}
          placeholder={chosen.length === 0 ? props.placeholder : ''}
          className="h-7 min-w-32 flex-1 bg-transparent px-1 outline-none"
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        id={list}
        role="listbox"
        tabIndex={-1}
        aria-label={label}
        aria-multiselectable
        className="h-52 overflow-y-auto border-t p-1"
      >
        {shown.length === 0 && <p className="p-2 text-faint">{props.none}</p>}
        {shown.map((choice, index) => (
          <Line
            key={choice.id}
            id={`${list}-${index}`}
            choice={choice}
            active={index === at}
            chosen={value.includes(choice.id)}
            onHover={() => setActive(index)}
            onPick={() => toggle(choice)}
          >
            {props.mark(choice, 24)}
          </Line>
        ))}
      </div>
    </div>
  )
}

const CHIP = 'inline-flex h-7 items-center gap-1.5 rounded-md bg-active pr-0.5 pl-1.5 text-sm'

interface ChipProps {
  name: string
  children: ReactNode
  onRemove(): void
}

function Chip({ name, children, onRemove }: ChipProps) {
  return (
    <span className={CHIP}>
      {children}
      {name}
      <button
        type="button"
        aria-label={t('chat.remove_person', { name })}
        className="rounded-sm p-1 text-faint hover:text-ink"
        onClick={onRemove}
      >
        <X size={12} aria-hidden />
      </button>
    </span>
  )
}

/** Scrolls the list alone: what is above in the window stays in sight. */
function reveal(line: HTMLElement): void {
  const list = line.parentElement
  if (!list) return
  const [inner, outer] = [line.getBoundingClientRect(), list.getBoundingClientRect()]
  if (inner.top < outer.top) list.scrollTop -= outer.top - inner.top
  else if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom
}

interface LineProps {
  id: string
  choice: Choice
  active: boolean
  chosen: boolean
  children: ReactNode
  onHover(): void
  onPick(): void
}

function Line({ id, choice, active, chosen, children, onHover, onPick }: LineProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      ref={(element) => {
        if (active && element) reveal(element)
      }}
      className={cx(
        'flex h-9 select-none items-center gap-2 rounded-md px-2 finger:h-11',
        active && 'bg-hover',
      )}
      onPointerDown={(event) => event.preventDefault()}
      onPointerMove={() => !active && onHover()}
      onClick={onPick}
    >
      {children}
      <span className="truncate font-medium">{choice.name}</span>
      <span className="truncate text-faint text-sm">{choice.detail}</span>
      {chosen && <Check size={16} aria-hidden className="ml-auto shrink-0 text-accent-ink" />}
    </div>
  )
}
