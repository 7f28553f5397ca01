// The reader says what they are at, and until when.

import { SmilePlus } from 'lucide-react'
import { type FormEvent, Suspense, useId, useState } from 'react'
import { closeDialog, useDialog } from '../../app/dialog'
import { type Key, t } from '../../i18n'
import { formatWhen } from '../../i18n/format'
import { momentOf, wall } from '../../i18n/zone'
import { useMe } from '../../model/member'
import { failureText } from '../../model/pending'
import { type Ending, endOf, setStatus, statusOf } from '../../model/status'
import { Button, IconButton } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Field, Input } from '../../ui/Field'
import { lazily } from '../../ui/lazily'
import { Popover } from '../../ui/Popover'
import { Select } from '../../ui/Select'
import { toast } from '../../ui/Toast'

const EmojiPicker = lazily(async () => (await import('../chat/emoji/EmojiPicker')).default)

type Offered = Ending | 'never' | 'custom'
/** `kept`: the end that it has. */
type Until = Offered | 'kept'

const USUAL: readonly { emoji: string; text: Key; until: Offered }[] = [
  { emoji: '📅', text: 'status.meeting', until: 'hour' },
  { emoji: '🚌', text: 'status.commuting', until: 'half_hour' },
  { emoji: '🏠', text: 'status.remote', until: 'today' },
  { emoji: '🤒', text: 'status.sick', until: 'today' },
  { emoji: '🌴', text: 'status.leave', until: 'week' },
]

/** As in the protocol's limits. */
const CHARS_MAX = 100

/** Drawn while `useDialog` names it. */
export function StatusDialog() {
  const dialog = useDialog()
  return dialog?.name === 'status' ? <StatusForm /> : null
}

function StatusForm() {
  const form = useId()
  const me = useMe()
  const now = new Date()
  const zone = me.time_zone
  const [before] = useState(() => statusOf(me))
  const [emoji, setEmoji] = useState(before?.emoji ?? '')
  const [text, setText] = useState(before?.text ?? '')
  const [until, setUntil] = useState<Until>(before ? (before.until ? 'kept' : 'never') : 'today')
  const [custom, setCustom] = useState(() => {
    const { day, time } = wall(endOf('hour', zone, now), zone)
    return `${day}T${time}`
  })
  const [error, setError] = useState<string>()
  const isEmpty = !emoji && !text.trim()
  const send = (status: Parameters<typeof setStatus>[1]) => {
    closeDialog()
    setStatus(me.id, status).settled.catch((failure: Error) =>
      toast({ title: failureText(failure), kind: 'error' }),
    )
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isEmpty) return
    const end = endFor(until, custom, zone, before?.until ?? undefined)
    if (end && end <= new Date()) return setError(t('inbox.remind_past'))
    send({ emoji, text: text.trim(), ...(end && { until: end.toISOString() }) })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && closeDialog()}
      title={t('status.title')}
      description={t('status.hint')}
      width="sm"
      footer={
        <>
          {before && (
            <Button variant="ghost" onClick={() => send({})}>
              {t('status.clear')}
            </Button>
          )}
          <Button onClick={closeDialog}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form={form} disabled={isEmpty}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <div className="flex items-end gap-2">
          <EmojiButton emoji={emoji} onPick={setEmoji} />
          <div className="min-w-0 flex-1">
            <Field label={t('status.text')}>
              <Input
                autoComplete="off"
                maxLength={CHARS_MAX}
                value={text}
                onChange={({ target }) => setText(target.value)}
              />
            </Field>
          </div>
        </div>
        {isEmpty && (
          <ul aria-label={t('status.usual')} className="-mx-2 flex flex-col">
            {USUAL.map((one) => (
              <li key={one.text}>
                <button
                  type="button"
                  className="flex h-8 w-full items-center gap-2 rounded-md px-2 hover:bg-hover
                    finger:h-10"
                  onClick={() => {
                    setEmoji(one.emoji)
                    setText(t(one.text))
                    setUntil(one.until)
                  }}
                >
                  <span aria-hidden>{one.emoji}</span>
                  <span className="min-w-0 flex-1 truncate text-left">{t(one.text)}</span>
                  <span className="text-faint text-sm">{t(`status.end_${one.until}`)}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
        <Field label={t('status.end')}>
          <Select<Until>
            value={until}
            onChange={setUntil}
            options={endings(before?.until ?? undefined)}
          />
        </Field>
        {until === 'custom' && (
          <Field label={t('status.end_custom')} hint={zone.replaceAll('_', ' ')} error={error}>
            <Input
              type="datetime-local"
              value={custom}
              onChange={({ target }) => {
                setCustom(target.value)
                setError(undefined)
              }}
            />
          </Field>
        )}
      </form>
    </Dialog>
  )
}

function endings(kept: string | undefined) {
  const all: Offered[] = ['never', 'half_hour', 'hour', 'today', 'week', 'custom']
  const options = all.map((value) => ({ value: value as Until, label: t(`status.end_${value}`) }))
  return kept ? [{ value: 'kept' as Until, label: formatWhen(kept) }, ...options] : options
}

/** Undefined: it stays. A custom one that is not whole is in the past. */
function endFor(until: Until, custom: string, zone: string, kept: string | undefined) {
  if (until === 'never') return undefined
  if (until === 'kept') return kept ? new Date(kept) : undefined
  if (until !== 'custom') return endOf(until, zone, new Date())
  const [day, time] = custom.split('T')
  return day && time ? momentOf(day, time.slice(0, 5), zone) : new Date(0)
}

function EmojiButton({ emoji, onPick }: { emoji: string; onPick(emoji: string): void }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label={t('chat.emoji')}
      open={open}
      onOpenChange={setOpen}
      align="start"
      trigger={
        <IconButton
          label={t('status.emoji')}
          className="border border-line-strong finger:my-0! finger:size-10"
        >
          {emoji ? <span className="text-lg">{emoji}</span> : <SmilePlus size={16} aria-hidden />}
        </IconButton>
      }
    >
      <Suspense fallback={<div className="h-80 w-80" />}>
        <EmojiPicker
          onPick={(picked) => {
            setOpen(false)
            onPick(picked)
          }}
        />
      </Suspense>
    </Popover>
  )
}
