// The buttons under the words of a composer: files, emoji, mentions, the bar of formats.

import { AtSign, Paperclip, Smile, Type } from 'lucide-react'
import { Suspense, useRef, useState } from 'react'
import { t } from '../../../i18n'
import { IconButton, type IconButtonProps } from '../../../ui/Button'
import { lazily } from '../../../ui/lazily'
import { Popover } from '../../../ui/Popover'
import { showFormatBar } from './format_bar'

const EmojiPicker = lazily(async () => (await import('../emoji/EmojiPicker')).default)

interface Props {
  disabled: boolean | undefined
  /** Whether the bar of formats shows. */
  formats: boolean
  /** Absent: no files are taken. */
  onFiles: ((files: readonly File[]) => void) | undefined
  onInsert(text: string): void
}

export function ToolRow({ disabled, formats, onFiles, onInsert }: Props) {
  return (
    <>
      {onFiles && <FileButton onFiles={onFiles} disabled={disabled} />}
      <EmojiButton onPick={onInsert} disabled={disabled} />
      <Tool
        label={t('chat.mention')}
        shortcut="@"
        disabled={disabled}
        onClick={() => onInsert('@')}
      >
        <AtSign size={16} aria-hidden />
      </Tool>
      <Tool
        label={t(formats ? 'draft.formatting_hide' : 'draft.formatting_show')}
        pressed={formats}
        disabled={disabled}
        // The text keeps the focus.
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => showFormatBar(!formats)}
      >
        <Type size={16} aria-hidden />
      </Tool>
    </>
  )
}

function Tool(props: IconButtonProps) {
  return <IconButton size="sm" className="max-md:size-8" {...props} />
}

interface FileButtonProps {
  onFiles(files: readonly File[]): void
  disabled: boolean | undefined
}

function FileButton({ onFiles, disabled }: FileButtonProps) {
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
      <Tool label={t('file.attach')} disabled={disabled} onClick={() => chooser.current?.click()}>
        <Paperclip size={16} aria-hidden />
      </Tool>
    </>
  )
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
        <Tool label={t('chat.emoji')} shortcut=":" disabled={props.disabled}>
          <Smile size={16} aria-hidden />
        </Tool>
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
