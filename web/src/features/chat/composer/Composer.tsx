// Where one writes: a text area that grows, with completion, Markdown shortcuts and a send button.
// Knows nothing of where a text goes; `onSend` does. Used for channels, threads, tasks and edits.

import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  Suspense,
  useId,
  useState,
} from 'react'
import { t } from '../../../i18n'
import { takeBackLast } from '../../../model/undo_send'
import { cx } from '../../../ui/class'
import { lazily } from '../../../ui/lazily'
import { Attachments, useAttachments } from './Attachments'
import { Completion, lineId } from './Completion'
import { composes } from './composition'
import { type Format, format } from './format'
import { useFormatBar } from './format_bar'
import { listBreak, sends, sendsLater, shortcut, undoes } from './key'
import { SendButton } from './SendButton'
import { SetAside } from './SetAside'
import type { SlashCommands } from './slash'
import { ToolRow } from './ToolRow'
import type { Surroundings } from './useOptions'
import { MESSAGE_TEXT_BYTES_MAX, useSending } from './useSending'
import { type ComposerHandle, useWriting, type Writing } from './useWriting'

export type { ComposerHandle } from './useWriting'

const FormatBar = lazily(async () => (await import('./FormatBar')).default)

/** From here on the counter shows. */
const COUNTER_FROM = MESSAGE_TEXT_BYTES_MAX - 4 * 1024

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
  const { attachTo, commands, disabled, onSend, onSchedule } = props
  const writing = useWriting({
    value: props.value,
    onChange: props.onChange,
    around: props.around,
    commands: commands?.names,
    autoFocus: props.autoFocus,
    ref: props.ref,
  })
  const attached = useAttachments(attachTo)
  const sending = useSending({
    writing,
    attached,
    around: props.around,
    commands,
    attachTo,
    disabled,
    onSend,
    onSchedule,
  })
  const [choosing, setChoosing] = useState(false)
  const onFiles = attachTo ? attached.add : undefined
  const drop = useDrop(disabled ? undefined : onFiles)
  const formats = useFormatBar()
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) =>
    pressed(event, props, writing, sending, setChoosing)
  return (
    <div
      {...drop.handlers}
      className={cx(
        'relative rounded-lg border border-line-strong bg-raised transition-colors',
        'duration-(--quick) focus-within:border-faint',
        disabled && 'opacity-55',
        drop.over && 'border-accent bg-accent-soft',
      )}
    >
      {attachTo && <SetAside home={attachTo} disabled={disabled} />}
      {props.above}
      {formats && <Formats writing={writing} disabled={disabled} />}
      <Words {...{ writing, disabled, onKeyDown, onFiles }} label={props.label} />
      {attachTo && <Attachments draft={attachTo} />}
      {sending.question}
      <div className="flex h-9 items-center gap-0.5 px-1.5 pb-1 pointer-coarse:h-12">
        <ToolRow {...{ disabled, formats, onFiles }} onInsert={writing.insert} />
        {props.tools}
        <Room bytes={sending.bytes} />
        {props.extra}
        <SendButton
          label={props.sendLabel ?? t('chat.send')}
          sendable={sending.sendable}
          onSend={sending.send}
          onSchedule={onSchedule && sending.schedule}
          open={choosing}
          onOpenChange={setChoosing}
        />
      </div>
    </div>
  )
}

/** What a key does that neither an input method nor the completion takes. */
function pressed(
  event: KeyboardEvent<HTMLTextAreaElement>,
  props: Props,
  { value, ime, completion, pick, apply }: Writing,
  { sendable, send }: ReturnType<typeof useSending>,
  choose: (open: boolean) => void,
): void {
  if (composes(ime.state.current, event.nativeEvent)) return
  if (completion.open && completion.onKey(event, pick)) return
  const edit = shortcut(event) ?? listBreak(event)
  if (edit) {
    event.preventDefault()
    apply(edit)
  } else if (props.onSchedule && sendsLater(event)) {
    event.preventDefault()
    if (sendable) choose(true)
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

interface WordsProps {
  writing: Writing
  label: string
  disabled: boolean | undefined
  onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void
  onFiles: ((files: readonly File[]) => void) | undefined
}

/** The text area, and what completes it. */
function Words({ writing, label, disabled, onKeyDown, onFiles }: WordsProps) {
  const { completion, pick } = writing
  const list = useId()
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const files = [...event.clipboardData.files]
    // A table from a spreadsheet is on the clipboard as a picture too; its words are meant.
    const words = event.clipboardData.types.includes('text/plain')
    if (!onFiles || files.length === 0 || words) return writing.paste(event)
    event.preventDefault()
    onFiles(files)
  }
  return (
    <>
      {completion.open && (
        <Completion
          id={list}
          options={completion.options}
          active={completion.active}
          onHover={completion.setActive}
          onPick={(option) => pick(completion.options.indexOf(option))}
        />
      )}
      <textarea
        ref={writing.area}
        value={writing.value}
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
        onChange={(event) => writing.change(event.currentTarget)}
        onSelect={(event) => writing.setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        {...writing.ime.handlers}
        onPaste={onPaste}
        onBlur={completion.dismiss}
      />
    </>
  )
}

function Formats({ writing, disabled }: { writing: Writing; disabled: boolean | undefined }) {
  const onFormat = (kind: Format) => {
    const element = writing.area.current
    // What an input method composes is not in the text yet.
    if (!element || writing.ime.composing) return
    const { selectionStart, selectionEnd } = element
    writing.apply(format(kind, writing.value, selectionStart, selectionEnd))
  }
  return (
    <Suspense fallback={<div className="h-8 border-b max-md:h-11 pointer-coarse:h-12" />}>
      <FormatBar disabled={disabled} onFormat={onFormat} />
    </Suspense>
  )
}

/** How much more fits, where that is little; it also keeps what stands beside it apart. */
function Room({ bytes }: { bytes: number }) {
  const left = MESSAGE_TEXT_BYTES_MAX - bytes
  return (
    <span className="min-w-0 flex-1 truncate px-1.5 text-right text-faint text-xs">
      {bytes > COUNTER_FROM && (
        <span role="status" className={cx(left < 0 && 'text-urgent')}>
          {t(left < 0 ? 'chat.too_long' : 'chat.room_left', { count: Math.abs(left) })}
        </span>
      )}
    </span>
  )
}

/** Files that are dragged over it; without a taker nothing can be dropped. */
function useDrop(onFiles: ((files: readonly File[]) => void) | undefined) {
  const [over, setOver] = useState(false)
  const onDrag = (event: DragEvent) => {
    if (!onFiles || !event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(event.type === 'dragover')
    if (event.type === 'drop') onFiles([...event.dataTransfer.files])
  }
  return {
    over,
    handlers: { onDragOver: onDrag, onDragLeave: () => setOver(false), onDrop: onDrag },
  }
}
