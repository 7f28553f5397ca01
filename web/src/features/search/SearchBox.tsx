// The box of the search page: words and filters, with completion. Searches while one types, but
// never in the midst of a composition.

import { Search, X } from 'lucide-react'
import {
  type KeyboardEvent,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { t } from '../../i18n'
import { IconButton } from '../../ui/Button'
import { optionId, Suggestions } from '../../ui/Suggestions'
import { typingOf } from './filter'
import { rememberSearch } from './recent'
import { type Suggestion, useSuggestions } from './useSuggestions'

interface Props {
  value: string
  onSearch(text: string): void
  /** Goes on to what was found. */
  onLeave(): void
  ref?: Ref<SearchBoxHandle>
}

export interface SearchBoxHandle {
  /** Puts the beginning of a filter into the box, to be completed there. */
  begin(text: string): void
}

/** Between the last key and the search. */
const PAUSE_MS = 250

export function SearchBox({ value, onSearch, onLeave, ref }: Props) {
  const [text, setText] = useState(value)
  const [open, setOpen] = useState(value === '')
  const [chosen, setChosen] = useState(-1)
  const composing = useRef(false)
  const asked = useRef(value)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const suggestions = useSuggestions(text)
  const shown = open && suggestions.length > 0

  // The address changed without us: back, forward, a recent search.
  useEffect(() => {
    if (value === asked.current) return
    asked.current = value
    setText(value)
  }, [value])

  const search = (words: string) => {
    asked.current = words
    onSearch(words)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed starts the pause
  useEffect(() => {
    // A filter that is still being typed means nobody and nothing yet.
    const unfinished = typingOf(text).filter !== undefined
    if (text === asked.current || composing.current || unfinished) return
    const timer = setTimeout(() => search(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])

  const type = (words: string) => {
    setText(words)
    setOpen(true)
    setChosen(-1)
  }
  useImperativeHandle(ref, () => ({
    begin: (words) => {
      type(words)
      input.current?.focus()
    },
  }))
  const take = (suggestion: Suggestion) => {
    type(suggestion.text)
    if (suggestion.done) {
      setOpen(false)
      search(suggestion.text)
    }
    input.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && shown) {
      event.preventDefault()
      const count = suggestions.length
      setChosen((at) => (at < 0 && step < 0 ? count - 1 : (at + step + count) % count))
    } else if (event.key === 'ArrowDown') {
      event.preventDefault()
      onLeave()
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault()
      setOpen(false)
    } else if (event.key === 'Enter' || (event.key === 'Tab' && shown && chosen >= 0)) {
      event.preventDefault()
      const suggestion = shown ? suggestions[chosen] : undefined
      if (suggestion) return take(suggestion)
      rememberSearch(text)
      setOpen(false)
      search(text)
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: closes when the focus leaves it
    <div
      className="relative min-w-0 flex-1"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setOpen(false)
      }}
    >
      <Search
        size={16}
        aria-hidden
        className="absolute top-1/2 left-3 -translate-y-1/2 text-faint"
      />
      <input
        ref={input}
        // biome-ignore lint/a11y/noAutofocus: one comes here to type
        autoFocus={value === ''}
        role="combobox"
        aria-label={t('search.label')}
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && chosen >= 0 ? optionId(`${id}-list`, chosen) : undefined}
        autoComplete="off"
        enterKeyHint="search"
        value={text}
        placeholder={t('search.placeholder')}
        onChange={(event) => type(event.target.value)}
        onFocus={() => setOpen(true)}
        onKeyDown={onKeyDown}
        onCompositionStart={() => {
          composing.current = true
        }}
        onCompositionEnd={(event) => {
          composing.current = false
          const words = event.currentTarget.value
          if (words !== asked.current && !typingOf(words).filter) search(words)
        }}
        className="h-9 w-full rounded-md border border-line-strong bg-raised pr-9 pl-9 text-base
          outline-none focus:border-accent finger:h-10"
      />
      {text !== '' && (
        <span className="absolute top-1/2 right-1 -translate-y-1/2">
          <IconButton
            size="sm"
            label={t('search.clear')}
            onClick={() => {
              type('')
              search('')
              input.current?.focus()
            }}
          >
            <X size={16} />
          </IconButton>
        </span>
      )}
      {shown && (
        <Suggestions
          id={`${id}-list`}
          label={t('search.suggestions')}
          items={suggestions}
          chosen={chosen}
          onTake={take}
          className="max-h-80 w-full"
        />
      )}
    </div>
  )
}
