// Sending what is written: at once or later, after asking where very many would be told. Used by
// the composer alone.

import { type ReactNode, useMemo, useRef, useState } from 'react'
import type { useAttachments } from './Attachments'
import { byteLength } from './format'
import { AskLargeMention, useLargeMention } from './LargeMention'
import { readSlash, type SlashCommands } from './slash'
import type { Surroundings } from './useOptions'
import type { Writing } from './useWriting'

/** Limit: bytes of one message; the server refuses more. */
export const MESSAGE_TEXT_BYTES_MAX = 64 * 1024
/** Texts shorter than this, in UTF-16 units, are not counted. */
const COUNTED_FROM = 16_000

interface Options {
  writing: Writing
  attached: ReturnType<typeof useAttachments>
  around: Surroundings
  commands: SlashCommands | undefined
  attachTo: string | undefined
  disabled: boolean | undefined
  onSend(text: string, files?: readonly string[]): void
  onSchedule: ((text: string, at: Date, files: readonly string[]) => Promise<boolean>) | undefined
}

export function useSending(options: Options) {
  const { writing, attached, commands } = options
  const { value, setValue } = writing
  const bytes = useMemo(() => (value.length > COUNTED_FROM ? byteLength(value) : 0), [value])
  const filled = value.trim() !== '' || attached.uploads.length > 0
  const fits = bytes <= MESSAGE_TEXT_BYTES_MAX
  const sendable = filled && fits && !options.disabled && attached.ready
  const asks = useAsking(value, options.around)
  const latest = useRef(value)
  latest.current = value

  const send = () => {
    if (!sendable) return
    const told = commands?.run(value) ?? 'message'
    if (told === 'done') setValue('')
    if (told !== 'message' || asks.first()) return
    if (options.attachTo) options.onSend(value.trim(), attached.take())
    else options.onSend(value.trim())
    setValue('')
  }
  const schedule = async (at: Date) => {
    // A command is carried out now, whenever it was to be sent.
    if (commands && readSlash(value)) return send()
    if (asks.first(at)) return
    const files = attached.ids
    const isTaken = await options.onSchedule?.(value.trim(), at, files)
    if (isTaken) attached.drop(files)
    // What was typed meanwhile stays.
    if (isTaken && latest.current === value) setValue('')
  }
  const question = asks.question((at) => (at ? void schedule(at) : send()))
  return { bytes, sendable, send, schedule: (at: Date) => void schedule(at), question }
}

/** Asks once, where very many would be told. */
function useAsking(value: string, around: Surroundings) {
  const large = useLargeMention(value, around)
  /** What was to be done; the moment it was to be sent at, if not at once. */
  const [asked, setAsked] = useState<{ at: Date | undefined }>()
  return {
    /** True if the answer has to be waited for. */
    first: (at?: Date): boolean => {
      const waits = large !== undefined && asked === undefined
      setAsked(waits ? { at } : undefined)
      return waits
    },
    question: (onSend: (at: Date | undefined) => void): ReactNode =>
      asked && (
        <AskLargeMention
          large={large}
          open
          onClose={() => setAsked(undefined)}
          onSend={() => onSend(asked.at)}
        />
      ),
  }
}
