// Where one writes: a text area that grows, with completion, Markdown shortcuts and a send button.
// Knows nothing of where a text goes; `onSend` does. Used for channels, threads, tasks and edits.

import { AtSign, Paperclip, Smile, Type } from 'lucide-react'
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  Suspense,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { t } from '../../../i18n'
import { useEmojiNames } from '../../../model/emoji'
import { useProjects } from '../../../model/project'
import { takeBackLast } from '../../../model/undo_send'
import { IconButton } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { lazily } from '../../../ui/lazily'
import { Popover } from '../../../ui/Popover'
import { Attachments, useAttachments } from './Attachments'
import { Completion, lineId } from './Completion'
import {
  composes,
  composition,
  compositionEnded,
  compositionStarted,
  keyReleased,
} from './composition'
import { byteLength, complete, type Edit, format, formatOf, pasteAddress } from './format'
import { showFormatBar, useFormatBar } from './format_bar'
import { AskLargeMention, useLargeMention } from './LargeMention'
import { continueList } from './list'
import { SendButton } from './SendButton'
import { SetAside } from './SetAside'
import { readSlash, type SlashCommands, type SlashName } from './slash'
import { tableOf } from './table'
import { applyEdit, grow } from './textarea'
import { isTouch } from './touch'
import { findTrigger, isInCode } from './trigger'
import { type Surroundings, useEmojiModule, useOptions } from './useOptions'

const FormatBar = lazily(async () => (await import('./FormatBar')).default)
const EmojiPicker = lazily(async () => (await import('../emoji/EmojiPicker')).default)

/** Limit: bytes of one message; the server refuses more. */
export const MESSAGE_TEXT_BYTES_MAX = 64 * 1024
/** From here on the counter shows. */
const COUNTER_FROM = MESSAGE_TEXT_BYTES_MAX - 4 * 1024

export interface ComposerHandle {
  focus(): void
  /** Puts a text after what stands there, and the caret behind it. */
  append(text: string): void
}

interface Props {
  value: string
  onChange(value: string): void
  /** The text without surrounding space, never too long; empty only with files. */
  onSend(text: string, files?: readonly string[]): void
  /** Sends it later; resolves to whether that was taken. Absent: it only goes at once. */
  onSchedule?(text: string, at: Date, files: readonly string[]): Promise<boolean>
  /** What can be typed instead of a message; without it nothing can. */
  commands?: SlashCommands
  /** Key of the draft that files are attached to; without it none are taken. */
  attachTo?: string
  /** Names it: "Message #launch". Also the placeholder. */
  label: string
  around: Surroundings
  /** Up-arrow in an empty composer. */
  onEditLast?(): void
  onEscape?(): void
  /** Above the words: what else the message will say. */
  above?: ReactNode
  /** Among the buttons at the start. */
  tools?: ReactNode
  /** Beside the send button: cancel of an edit, "also send to channel". */
  extra?: ReactNode
  sendLabel?: string
  autoFocus?: boolean
  /** Archived channel, no connection for a first load. */
  disabled?: boolean
  ref?: Ref<ComposerHandle>
}

export function Composer(props: Props) {
  const { onSend, label, around, disabled, commands } = props
  const [value, onChange] = useText(props.value, props.onChange)
  const area = useRef<HTMLTextAreaElement>(null)
  const ime = useRef(composition())
  const [caret, setCaret] = useState(0)
  const [composing, setComposing] = useState(false)
  const completion = useCompletion(composing ? null : caret, value, around, commands?.names)
  const bytes = useMemo(() => (value.length > 16_000 ? byteLength(value) : 0), [value])
  const tooLong = bytes > MESSAGE_TEXT_BYTES_MAX
  const attached = useAttachments(props.attachTo)
  const filled = value.trim() !== '' || attached.uploads.length > 0
  const sendable = filled && !tooLong && !disabled && attached.ready
  const [dropping, setDropping] = useState(false)
  const [asking, setAsking] = useState(false)
  const [choosing, setChoosing] = useState(false)
  /** The moment it will be sent at, once somebody has said that so many are to be told. */
  const [askedAt, setAskedAt] = useState<Date>()
  const chooser = useRef<HTMLInputElement>(null)
  const naming = /:[a-z0-9_+-]+$/.test(value.slice(0, caret))
  const emoji = useEmojiModule(naming)
  const custom = useEmojiNames(naming)
  const formats = useFormatBar()

  useImperativeHandle(props.ref, () => ({
    focus: () => area.current?.focus(),
    append: (text) => {
      onChange(value === '' ? text : `${value}\n${text}`)
      area.current?.focus()
    },
  }))
  // biome-ignore lint/correctness/useExhaustiveDependencies: grows with the text
  useLayoutEffect(() => {
    if (area.current) grow(area.current)
  }, [value])
  useLayoutEffect(() => {
    const element = area.current
    if (!props.autoFocus || !element) return
    element.focus({ preventScroll: true })
    element.setSelectionRange(element.value.length, element.value.length)
  }, [props.autoFocus])

  const apply = (edit: Edit) => {
    if (!area.current) return
    applyEdit(area.current, edit)
    setCaret(edit.to)
  }
  const pick = (index: number) => {
    const option = completion.options[index]
    if (!option || !completion.trigger) return
    apply(complete(value, completion.trigger.start, caret, option.put))
    completion.dismiss()
  }
  const large = useLargeMention(value, around)
  const send = () => {
    if (!sendable) return
    const told = commands?.run(value) ?? 'message'
    if (told === 'done') onChange('')
    if (told !== 'message') return
    if (large && !asking) return setAsking(true)
    setAsking(false)
    if (props.attachTo) onSend(value.trim(), attached.take())
    else onSend(value.trim())
    onChange('')
  }
  const latest = useRef(value)
  latest.current = value
  const schedule = async (at: Date) => {
    // A command is carried out now, whenever it was to be sent.
    if (commands && readSlash(value)) return send()
    if (large && !asking) {
      setAskedAt(at)
      return setAsking(true)
    }
    setAsking(false)
    setAskedAt(undefined)
    const files = attached.ids
    const isTaken = await props.onSchedule?.(value.trim(), at, files)
    if (isTaken) attached.drop(files)
    // What was typed meanwhile stays.
    if (isTaken && latest.current === value) onChange('')
  }
  const insert = (text: string) => {
    const element = area.current
    if (!element) return
    element.focus()
    const { selectionStart: start, selectionEnd: end } = element
    const at = start + text.length
    apply({ start, end, text, from: at, to: at })
  }
  const change = (element: HTMLTextAreaElement) => {
    onChange(element.value)
    setCaret(element.selectionStart)
    const before = element.value.slice(0, element.selectionStart)
    const named = /(?:^|[^A-Za-z0-9_]):([a-z0-9_+-]+):$/.exec(before)?.[1]
    // A name that the workspace gave to a picture of its own stays that name.
    const found = named && !custom.has(named) && emoji?.emojiNamed(named)
    if (!found) return
    const start = before.length - named.length - 2
    const at = start + found.length
    apply({ start, end: before.length, text: found, from: at, to: at })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (composes(ime.current, event.nativeEvent)) return
    if (completion.open && completion.onKey(event, pick)) return
    const edit = shortcut(event) ?? listBreak(event)
    if (edit) {
      event.preventDefault()
      apply(edit)
    } else if (props.onSchedule && sendsLater(event)) {
      event.preventDefault()
      if (sendable) setChoosing(true)
    } else if (sends(event)) {
      event.preventDefault()
      send()
    } else if (undoes(event) && value === '' && props.attachTo && takeBackLast(props.attachTo)) {
      event.preventDefault()
    } else if (event.key === 'Escape' && props.onEscape) {
      event.stopPropagation()
      props.onEscape()
    } else if (event.key === 'ArrowUp' && !event.altKey && value === '' && props.onEditLast) {
      event.preventDefault()
      props.onEditLast()
    }
  }
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const files = [...event.clipboardData.files]
    // A table from a spreadsheet is on the clipboard as a picture too; its words are meant.
    const words = event.clipboardData.types.includes('text/plain')
    if (props.attachTo && files.length > 0 && !words) {
      event.preventDefault()
      attached.add(files)
      return
    }
    const { selectionStart, selectionEnd } = event.currentTarget
    const pasted = event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n')
    const edit = pasteAddress(value, selectionStart, selectionEnd, pasted)
    const before = value.slice(0, selectionStart)
    const table =
      edit || isInCode(before) ? null : tableOf(event.clipboardData.getData('text/html'), pasted)
    if (!edit && !table) return
    event.preventDefault()
    if (edit) return apply(edit)
    // In two steps: undoing the second gives the plain paste. What follows is no row of it.
    const end = selectionStart + pasted.length
    apply({ start: selectionStart, end: selectionEnd, text: pasted, from: end, to: end })
    const text = `${/[^\n]$/.test(before) ? '\n' : ''}${table}\n\n`
    const at = selectionStart + text.length
    apply({ start: selectionStart, end, text, from: at, to: at })
  }
  const onDrag = (event: DragEvent) => {
    if (!props.attachTo || disabled || !event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setDropping(event.type === 'dragover')
    if (event.type === 'drop') attached.add([...event.dataTransfer.files])
  }
  const list = useId()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop; the button does the same
    <div
      onDragOver={onDrag}
      onDragLeave={() => setDropping(false)}
      onDrop={onDrag}
      className={cx(
        'relative rounded-lg border border-line-strong bg-raised transition-colors',
        'duration-(--quick) focus-within:border-faint',
        disabled && 'opacity-55',
        dropping && 'border-accent bg-accent-soft',
      )}
    >
      {completion.open && (
        <Completion
          id={list}
          options={completion.options}
          active={completion.active}
          onHover={completion.setActive}
          onPick={(option) => pick(completion.options.indexOf(option))}
        />
      )}
      {props.attachTo && <SetAside home={props.attachTo} disabled={disabled} />}
      {props.above}
      {formats && (
        <Suspense fallback={<div className="h-8 border-b max-md:h-11 pointer-coarse:h-12" />}>
          <FormatBar
            disabled={disabled}
            onFormat={(kind) => {
              const element = area.current
              // What an input method composes is not in the text yet.
              if (!element || composing) return
              apply(format(kind, value, element.selectionStart, element.selectionEnd))
            }}
          />
        </Suspense>
      )}
      <textarea
        ref={area}
        value={value}
        rows={1}
        disabled={disabled}
        aria-label={label}
        placeholder={label}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={completion.open ? list : undefined}
        aria-activedescendant={completion.open ? lineId(list, completion.active) : undefined}
        autoCapitalize="sentences"
        className="block max-h-[40vh] min-h-10 w-full resize-none overflow-y-auto rounded-lg
          bg-transparent px-3 pt-2.5 pb-1 outline-none [text-autospace:no-autospace]
          max-md:text-lg"
        onChange={(event) => change(event.currentTarget)}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        onKeyUp={() => keyReleased(ime.current)}
        onCompositionStart={() => {
          compositionStarted(ime.current)
          setComposing(true)
        }}
        onCompositionEnd={(event) => {
          compositionEnded(ime.current, event.timeStamp)
          setComposing(false)
          setCaret(event.currentTarget.selectionStart)
        }}
        onPaste={onPaste}
        onBlur={completion.dismiss}
      />
      {props.attachTo && <Attachments draft={props.attachTo} />}
      {asking && (
        <AskLargeMention
          large={large}
          open
          onClose={() => {
            setAsking(false)
            setAskedAt(undefined)
          }}
          onSend={() => (askedAt ? void schedule(askedAt) : send())}
        />
      )}
      <div className="flex h-9 items-center gap-0.5 px-1.5 pb-1 pointer-coarse:h-12">
        {props.attachTo && (
          <>
            <input
              ref={chooser}
              type="file"
              multiple
              hidden
              onChange={(event) => {
                attached.add([...(event.currentTarget.files ?? [])])
                event.currentTarget.value = ''
              }}
            />
            <IconButton
              size="sm"
              label={t('file.attach')}
              disabled={disabled}
              className="max-md:size-8"
              onClick={() => chooser.current?.click()}
            >
              <Paperclip size={16} aria-hidden />
            </IconButton>
          </>
        )}
        <EmojiButton onPick={insert} disabled={disabled} />
        <IconButton
          size="sm"
          label={t('chat.mention')}
          shortcut="@"
          disabled={disabled}
          className="max-md:size-8"
          onClick={() => insert('@')}
        >
          <AtSign size={16} aria-hidden />
        </IconButton>
        <IconButton
          size="sm"
          label={t(formats ? 'draft.formatting_hide' : 'draft.formatting_show')}
          pressed={formats}
          disabled={disabled}
          className="max-md:size-8"
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => showFormatBar(!formats)}
        >
          <Type size={16} aria-hidden />
        </IconButton>
        {props.tools}
        <span className="min-w-0 flex-1 truncate px-1.5 text-right text-faint text-xs">
          {bytes > COUNTER_FROM && (
            <span role="status" className={cx(tooLong && 'text-urgent')}>
              {t(tooLong ? 'chat.too_long' : 'chat.room_left', {
                count: Math.abs(MESSAGE_TEXT_BYTES_MAX - bytes),
              })}
            </span>
          )}
        </span>
        {props.extra}
        <SendButton
          label={props.sendLabel ?? t('chat.send')}
          sendable={sendable}
          onSend={send}
          onSchedule={props.onSchedule && ((at) => void schedule(at))}
          open={choosing}
          onOpenChange={setChoosing}
        />
      </div>
    </div>
  )
}

/**
 * The text as it is typed. What the caller keeps may come back a little later, and a controlled
 * text area must never show an older text in between: that would break input methods and undo.
 */
function useText(kept: string, keep: (text: string) => void) {
  const [text, setText] = useState(kept)
  const [seen, setSeen] = useState(kept)
  if (seen !== kept) {
    setSeen(kept)
    setText(kept)
  }
  const change = (next: string) => {
    setText(next)
    keep(next)
  }
  return [text, change] as const
}

/** Enter sends, Shift+Enter breaks; on a touch keyboard Enter breaks and Mod+Enter sends. */
function sends(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || event.shiftKey || event.altKey) return false
  if (event.metaKey || event.ctrlKey) return true
  return !isTouch()
}

/** A line break, as Enter or Shift+Enter makes it, where it goes on with a list. */
function listBreak(event: KeyboardEvent<HTMLTextAreaElement>): Edit | null {
  if (event.key !== 'Enter' || event.altKey || event.metaKey || event.ctrlKey) return null
  const { value, selectionStart: from, selectionEnd: to } = event.currentTarget
  return from === to && (event.shiftKey || isTouch()) ? continueList(value, from) : null
}

/** Mod+Shift+Enter: the moments to send it at. */
function sendsLater(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && event.shiftKey && (event.metaKey || event.ctrlKey)
}

/** Mod+Z, in an empty composer: what was just sent comes back. */
function undoes(event: KeyboardEvent): boolean {
  return event.key.toLowerCase() === 'z' && !event.shiftKey && (event.metaKey || event.ctrlKey)
}

function shortcut(event: KeyboardEvent<HTMLTextAreaElement>): Edit | null {
  const kind = formatOf(event.nativeEvent)
  const { value, selectionStart: from, selectionEnd: to } = event.currentTarget
  // Without a selection the keys of a link belong to the palette.
  if (!kind || (kind === 'link' && from === to)) return null
  return format(kind, value, from, to)
}

const NONE: readonly SlashName[] = []

/** `caret` is null while an input method composes: nothing completes then. */
function useCompletion(
  caret: number | null,
  value: string,
  around: Surroundings,
  commands: readonly SlashName[] = NONE,
) {
  const projects = useProjects()
  const keys = useMemo(() => projects.map((project) => project.key), [projects])
  const [dismissed, setDismissed] = useState<number | null>(null)
  const [active, setActive] = useState(0)
  const found = caret === null ? null : findTrigger(value, caret, keys)
  const trigger = found && found.start !== dismissed ? found : null
  const options = useOptions(trigger, around, commands)
  const open = trigger !== null && options.length > 0
  const query = trigger ? `${trigger.kind}${trigger.query}` : ''
  const [lastQuery, setLastQuery] = useState(query)
  if (lastQuery !== query) {
    setLastQuery(query)
    setActive(0)
  }
  if (!found && dismissed !== null && caret !== null) setDismissed(null)
  const at = Math.min(active, options.length - 1)
  const step = (by: number) => setActive((at + by + options.length) % options.length)
  const dismiss = () => setDismissed(found?.start ?? null)

  /** True if the key was the completion's. */
  const onKey = (event: KeyboardEvent, pick: (index: number) => void): boolean => {
    if (event.metaKey || event.ctrlKey || event.altKey) return false
    if (event.key === 'ArrowDown') step(1)
    else if (event.key === 'ArrowUp') step(-1)
    else if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey)) pick(at)
    else if (event.key === 'Escape') dismiss()
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  return { open, trigger, options, active: at, setActive, dismiss, onKey }
}

function EmojiButton(props: { onPick(emoji: string): void; disabled?: boolean | undefined }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label={t('chat.emoji')}
      open={open}
      onOpenChange={setOpen}
      side="top"
      trigger={
        <IconButton
          size="sm"
          label={t('chat.emoji')}
          shortcut=":"
          disabled={props.disabled}
          className="max-md:size-8"
        >
          <Smile size={16} aria-hidden />
        </IconButton>
      }
    >
      <Suspense fallback={<div className="h-80 w-80" />}>
        <EmojiPicker
          onPick={(emoji) => {
            setOpen(false)
            props.onPick(emoji)
          }}
        />
      </Suspense>
    </Popover>
  )
}
