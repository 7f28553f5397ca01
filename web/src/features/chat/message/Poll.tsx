// A poll in its message: what can be chosen, how it stands, who has voted, and the end of it.

import { Check, EyeOff, Lock, Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { t } from '../../../i18n'
import { formatFull, formatWhen } from '../../../i18n/format'
import { useMe, useMember } from '../../../model/member'
import type { LocalMessage } from '../../../model/message'
import { failureText } from '../../../model/pending'
import {
  addPollOption,
  canAddOption,
  canClosePoll,
  closePoll,
  pressed,
  standing,
  useBallot,
  vote,
} from '../../../model/poll'
import type { Poll } from '../../../protocol'
import { Button, IconButton } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { Confirm } from '../../../ui/Dialog'
import { Input } from '../../../ui/Input'
import { Popover } from '../../../ui/Popover'
import { toast } from '../../../ui/Toast'
import { useActions } from './actions'
import { Voters } from './Voters'

export function PollCard({ message, poll }: { message: LocalMessage; poll: Poll }) {
  const actions = useActions()
  const choices = useBallot(message.id, !message.local) ?? []
  const { votes, voters } = standing(message.id, poll)
  const open = actions.rights(message).react && !poll.closed
  const most = Math.max(...votes)
  const choose = (place: number) => {
    vote(message, pressed(choices, place, poll.multiple === true)).catch(failed)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a field set has a frame of its own
    <div role="group" aria-label={message.text} className="mt-1.5 w-full max-w-md">
      <Kinds poll={poll} />
      <div className="flex flex-col gap-1">
        {poll.options.map((option, place) => (
          <Choice
            key={place}
            text={option.text}
            votes={votes[place] ?? 0}
            share={voters > 0 ? (votes[place] ?? 0) / voters : 0}
            chosen={choices.includes(place)}
            won={!!poll.closed && most > 0 && votes[place] === most}
            disabled={!open}
            onPress={() => choose(place)}
          />
        ))}
      </div>
      {open && <Adding message={message} poll={poll} />}
      <Foot message={message} poll={poll} voters={voters} />
    </div>
  )
}

function Kinds({ poll }: { poll: Poll }) {
  const words = [
    t(poll.multiple ? 'poll.choose_several' : 'poll.choose_single'),
    !poll.closed && poll.closes_at && t('poll.until', { when: formatWhen(poll.closes_at) }),
  ]
  return (
    <p className="mb-1 flex items-center gap-1.5 text-faint text-xs">
      <span>{words.filter(Boolean).join(' · ')}</span>
      {poll.anonymous && (
        <span className="inline-flex items-center gap-1" title={t('poll.anonymous_hint')}>
          <EyeOff size={12} aria-hidden />
          {t('poll.anonymous')}
        </span>
      )}
    </p>
  )
}

interface ChoiceProps {
  text: string
  votes: number
  /** Of those who voted, 0 to 1. */
  share: number
  chosen: boolean
  /** It has the most, and that is the end of it. */
  won: boolean
  disabled: boolean
  onPress(): void
}

function Choice({ text, votes, share, chosen, won, disabled, onPress }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      disabled={disabled}
      onClick={onPress}
      className={cx(
        'relative flex min-h-8 w-full min-w-0 items-center gap-2 overflow-hidden rounded-md border',
        'px-2.5 py-1 text-left finger:min-h-10',
        chosen ? 'border-accent' : 'border-line enabled:hover:border-line-strong',
      )}
    >
      <span
        aria-hidden
        style={{ width: `${Math.min(100, share * 100)}%` }}
        className={cx(
          'absolute inset-y-0 left-0 transition-[width] duration-(--quick)',
          chosen || won ? 'bg-accent-soft' : 'bg-sunken',
        )}
      />
      <span
        aria-hidden
        className={cx(
          'relative flex size-4 shrink-0 items-center justify-center rounded-full border',
          chosen ? 'border-accent bg-accent text-on-accent' : 'border-faint bg-raised',
        )}
      >
        {chosen && <Check size={10} strokeWidth={3} />}
      </span>
      <span className={cx('relative min-w-0 flex-1 break-words', won && 'font-semibold')}>
        {text}
      </span>
      <span className="relative shrink-0 text-faint text-sm tabular-nums">
        <span className="sr-only">{t('poll.votes', { count: votes })}</span>
        <span aria-hidden>{votes}</span>
      </span>
    </button>
  )
}

function Adding({ message, poll }: { message: LocalMessage; poll: Poll }) {
  const me = useMe()
  const [text, setText] = useState<string>()
  if (!canAddOption(message, poll, me)) return null
  if (text === undefined) {
    return (
      <Button
        size="sm"
        variant="ghost"
        className="mt-1"
        icon={<Plus size={14} aria-hidden />}
        onClick={() => setText('')}
      >
        {t('poll.add_option')}
      </Button>
    )
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const words = text.trim()
    if (words === '') return setText(undefined)
    addPollOption(message.id, words).settled.catch((error: Error) => {
      setText(words)
      failed(error)
    })
    setText(undefined)
  }
  return (
    <form className="mt-1 flex gap-1" onSubmit={submit}>
      <Input
        autoFocus
        value={text}
        maxLength={200}
        aria-label={t('poll.new_option')}
        placeholder={t('poll.new_option')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
          event.stopPropagation()
          setText(undefined)
        }}
      />
      <IconButton type="submit" label={t('poll.add_option')}>
        <Check size={16} aria-hidden />
      </IconButton>
    </form>
  )
}

interface FootProps {
  message: LocalMessage
  poll: Poll
  voters: number
}

function Foot({ message, poll, voters }: FootProps) {
  const me = useMe()
  const actions = useActions()
  const [closing, setClosing] = useState(false)
  const by = useMember(poll.closed?.by ?? undefined)
  const said = t('poll.voters', { count: voters })
  const mayClose = !poll.closed && canClosePoll(message, me) && actions.rights(message).react
  return (
    <div className="mt-1 flex min-h-7 flex-wrap items-center gap-x-3 text-faint text-sm">
      {poll.anonymous || voters === 0 || message.local ? (
        <span>{said}</span>
      ) : (
        <Popover
          label={t('poll.who')}
          className="w-80"
          trigger={
            <button type="button" className="rounded-sm hover:text-ink hover:underline">
              {said}
            </button>
          }
        >
          <Voters message={message.id} poll={poll} />
        </Popover>
      )}
      {poll.closed && (
        <span className="inline-flex items-center gap-1" title={formatFull(poll.closed.at)}>
          <Lock size={12} aria-hidden />
          {by ? t('poll.closed_by', { who: by.name }) : t('poll.closed')}
          <time dateTime={poll.closed.at}>{formatWhen(poll.closed.at)}</time>
        </span>
      )}
      {mayClose && (
        <button
          type="button"
          className="rounded-sm hover:text-ink hover:underline"
          onClick={() => setClosing(true)}
        >
          {t('poll.close')}
        </button>
      )}
      <Confirm
        open={closing}
        onOpenChange={setClosing}
        title={t('poll.close_title')}
        description={t('poll.close_hint')}
        action={t('poll.close')}
        onConfirm={() => closePoll(message.id).settled.catch(failed)}
      />
    </div>
  )
}

function failed(error: Error) {
  toast({ title: failureText(error), kind: 'error' })
}
