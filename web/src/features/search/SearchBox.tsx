// The box of the search page: words and filters, with completion. Searches while one types, but
// never in the midst of a composition.

import { Search, X } from 'lucide-react'
import {
  type ComponentProps,
  type CompositionEvent,
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
import { comboBox, Suggestions, stepped } from '../../ui/Suggestions'
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
  const { text, setText, search, composition } = useWords(value, onSearch)
  const [open, setOpen] = useState(value === '')
  const [chosen, setChosen] = useState(-1)
  const input = useRef<HTMLInputElement>(null)
  const list = `${useId()}-list`
  const suggestions = useSuggestions(text)
  const shown = open && suggestions.length > 0

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
  const enter = () => {
    const suggestion = shown ? suggestions[chosen] : undefined
    if (suggestion) return take(suggestion)
    rememberSearch(text)
    setOpen(false)
    search(text)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && shown) setChosen((at) => stepped(at, step, suggestions.length))
    else if (event.key === 'ArrowDown') onLeave()
    else if (event.key === 'Escape' && shown) setOpen(false)
    else if (event.key === 'Enter' || (event.key === 'Tab' && shown && chosen >= 0)) enter()
    else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: closes when the focus leaves it
    <div
      className="relative min-w-0 flex-1"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setOpen(false)
      }}
    >
      <SearchInput
        ref={input}
        autoFocus={value === ''}
        {...comboBox(list, shown, shown ? chosen : -1)}
        value={text}
        onChange={(event) => type(event.target.value)}
        onFocus={() => setOpen(true)}
        onKeyDown={onKeyDown}
        {...composition}
      />
      {text !== '' && (
        <Clear
          onClick={() => {
            type('')
            search('')
            input.current?.focus()
          }}
        />
      )}
      {shown && (
        <Suggestions
          id={list}
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

/** What is typed, and the search that follows a little later, but never within a composition. */
function useWords(value: string, onSearch: (text: string) => void) {
  const [text, setText] = useState(value)
  const composing = useRef(false)
  const asked = useRef(value)
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
  const composition = {
    onCompositionStart: () => {
      composing.current = true
    },
    onCompositionEnd: (event: CompositionEvent<HTMLInputElement>) => {
      composing.current = false
      const words = event.currentTarget.value
      if (words !== asked.current && !typingOf(words).filter) search(words)
    },
  }
  return { text, setText, search, composition }
}

function SearchInput(props: ComponentProps<'input'>) {
  return (
    <>
      <Search
        size={16}
        aria-hidden
        className="absolute top-1/2 left-3 -translate-y-1/2 text-faint"
      />
      <input
        aria-label={t('search.label')}
        placeholder={t('search.placeholder')}
        enterKeyHint="search"
        className="h-9 w-full rounded-md border border-line-strong bg-raised pr-9 pl-9 text-base
          outline-none focus:border-accent finger:h-10"
        {...props}
      />
    </>
  )
}

function Clear({ onClick }: { onClick(): void }) {
  return (
    <span className="absolute top-1/2 right-1 -translate-y-1/2">
      <IconButton size="sm" label={t('search.clear')} onClick={onClick}>
        <X size={16} />
      </IconButton>
    </span>
  )
}
