// The field that narrows a board or list: words, or a query in the query language, with what can
// follow while one types and, when a query is wrong, what is wrong and where.

import { Clock, Search, X } from 'lucide-react'
import {
  type ComponentProps,
  type CompositionEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { t } from '../../i18n'
import type { Queried } from '../../model/query'
import type { State } from '../../protocol'
import { IconButton } from '../../ui/Button'
import { comboBox, Suggestions, stepped } from '../../ui/Suggestions'
import { faultText, placeText } from './fault'
import { isBegun, isQuery } from './logic/query'
import { recentQueries, rememberQuery } from './shown'
import { type Completion, useCompletions, useCustomFields } from './useCompletions'

interface Props {
  /** Those that tasks here can be in. */
  states: readonly State[]
  labels: readonly string[]
  value: string
  onChange(text: string): void
  answer: Queried
}

/** Between the last key and the question to the server. Words alone narrow at once. */
const PAUSE_MS = 400

export function QueryField({ states, labels, value, onChange, answer }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const { text, setText, asked, ask, composition } = useWords(value, onChange, input)
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState(-1)
  const id = useId()
  const list = `${id}-list`
  const completions = useCompletions(text, states, labels)
  const recent = text === '' ? recentQueries().map(recall) : []
  const shown = open ? [...recent, ...completions] : []

  const type = (words: string) => {
    setText(words)
    setOpen(true)
    setChosen(-1)
  }
  const take = (completion: Completion) => {
    type(completion.text)
    input.current?.focus()
  }
  const enter = () => {
    const completion = shown[chosen]
    if (completion) return take(completion)
    rememberQuery(text)
    setOpen(false)
    if (text !== asked.current) ask(text)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const count = shown.length
    if (step && count > 0) setChosen((at) => stepped(at, step, count))
    else if (event.key === 'Escape' && (count > 0 || text !== '')) {
      event.stopPropagation()
      if (count > 0) setOpen(false)
      else type('')
    } else if (event.key === 'Enter' || (event.key === 'Tab' && chosen >= 0)) enter()
    else return
    event.preventDefault()
  }
  // Nothing is wrong yet with what is still being completed.
  const isWhole = shown.length === 0 && isQuery(text) && text === asked.current
  const failure = isWhole ? answer.failure : undefined
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: closes when the focus leaves it
    <div
      className="relative min-w-56 flex-1 max-md:basis-full"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (currentTarget.contains(relatedTarget)) return
        setOpen(false)
        if (isQuery(text)) rememberQuery(text)
      }}
    >
      <QueryInput
        ref={input}
        {...comboBox(list, shown.length > 0, shown[chosen] ? chosen : -1)}
        aria-invalid={failure ? true : undefined}
        aria-describedby={failure ? `${id}-fault` : undefined}
        value={text}
        onChange={(event) => type(event.target.value)}
        onFocus={() => setOpen(true)}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
        {...composition}
      />
      {text !== '' && (
        <Clear
          onClick={() => {
            type('')
            ask('')
            input.current?.focus()
          }}
        />
      )}
      {shown.length > 0 && (
        <Suggestions
          id={list}
          label={t('work.query_suggestions')}
          items={shown}
          chosen={chosen}
          onTake={take}
          className="max-h-84 w-full max-w-md min-w-64"
        />
      )}
      {failure && <Fault id={`${id}-fault`} text={text} failure={failure} />}
    </div>
  )
}

/** What is typed, and what is asked for: words at once, a query after a pause. */
function useWords(
  value: string,
  onChange: (text: string) => void,
  input: RefObject<HTMLInputElement | null>,
) {
  const custom = useCustomFields()
  const [text, setText] = useState(value)
  const composing = useRef(false)
  const asked = useRef(value)
  // The address changed without us: back, forward, a shared link. While one types, what comes is
  // what was typed before.
  useEffect(() => {
    if (value === asked.current || document.activeElement === input.current) return
    asked.current = value
    setText(value)
  }, [value, input])
  const ask = (words: string) => {
    asked.current = words
    onChange(words)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed starts the pause
  useEffect(() => {
    if (text === asked.current || composing.current) return
    const isBeginning = isBegun(text, custom)
    if (!isQuery(text) && !isBeginning) return ask(text)
    // The words so far are the beginning of a query, and not what is looked for.
    if (!isQuery(asked.current)) ask('')
    if (isBeginning) return
    const timer = setTimeout(() => ask(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const composition = {
    onCompositionStart: () => {
      composing.current = true
    },
    onCompositionEnd: (event: CompositionEvent<HTMLInputElement>) => {
      composing.current = false
      const words = event.currentTarget.value
      if (words !== asked.current) ask(words)
    },
  }
  return { text, setText, asked, ask, composition }
}

function QueryInput(props: ComponentProps<'input'>) {
  return (
    <>
      <Search
        size={14}
        aria-hidden
        className="absolute top-1/2 left-2 -translate-y-1/2 text-faint"
      />
      <input
        aria-label={t('work.query_label')}
        placeholder={t('work.query_hint')}
        autoCapitalize="none"
        spellCheck={false}
        enterKeyHint="search"
        className="h-7 w-full rounded-md border border-line bg-transparent pr-8 pl-7 text-sm
          outline-none focus:border-accent aria-invalid:border-urgent finger:h-10"
        {...props}
      />
    </>
  )
}

function Clear({ onClick }: { onClick(): void }) {
  return (
    <span className="absolute top-1/2 right-0.5 -translate-y-1/2">
      <IconButton size="sm" label={t('work.query_clear')} onClick={onClick}>
        <X size={14} />
      </IconButton>
    </span>
  )
}

function recall(text: string): Completion {
  return {
    id: `recent:${text}`,
    title: text,
    icon: <Clock size={14} aria-hidden />,
    hint: undefined,
    text,
  }
}

interface FaultProps {
  id: string
  text: string
  failure: NonNullable<Queried['failure']>
}

/** What is wrong, and the query with the place marked. */
function Fault({ id, text, failure }: FaultProps) {
  const { fault } = failure
  const letters = [...text]
  const start = fault ? fault.column - 1 : 0
  const end = fault ? start + fault.length : 0
  return (
    <div
      id={id}
      role="alert"
      className="popup absolute top-full left-0 z-10 mt-1 w-full max-w-md min-w-64 px-3 py-2 text-sm"
    >
      <p className="text-urgent">{faultText(failure)}</p>
      {fault && fault.line === 1 && (
        <p className="mt-1 break-all font-mono text-soft">
          {letters.slice(0, start).join('')}
          <mark className="rounded-sm bg-urgent-soft text-urgent underline decoration-wavy">
            {letters.slice(start, end).join('') || '\u2003'}
          </mark>
          {letters.slice(end).join('')}
        </p>
      )}
      {fault && <p className="mt-1 text-faint">{placeText(fault)}</p>}
    </div>
  )
}
