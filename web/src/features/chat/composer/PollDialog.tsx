// Asks a question with options: the window that a poll is written in. What is typed stays on this
// device until it is posted, also when the window is closed.

import { Plus, X } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { closeDialog } from '../../../app/dialog'
import { t } from '../../../i18n'
import { setDraft, useDraft } from '../../../model/draft'
import { type Destination, postMessage } from '../../../model/message'
import { POLL_OPTIONS_MAX } from '../../../model/poll'
import { Button, IconButton } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { Checkbox, Field, Input, Textarea } from '../../../ui/Field'
import { Select } from '../../../ui/Select'
import { destinationOf, type PollDraft, pollDraft, readPollDraft, toPoll } from './poll'

const ENDS = ['never', 'hour', 'day', 'three_days', 'week'] as const

/** `home`: where it goes, as `destinationOf` reads it. */
export function PollDialog({ home }: { home: string }) {
  const to = destinationOf(home)
  if (!to) return null
  return (
    <Dialog open onOpenChange={(open) => !open && closeDialog()} title={t('poll.title')}>
      <PollForm home={home} to={to} />
    </Dialog>
  )
}

function PollForm({ home, to }: { home: string; to: Destination }) {
  const [text] = useDraft(`poll:${home}`)
  const draft = readPollDraft(text)
  const [errors, setErrors] = useState<Partial<Record<'question' | 'options', string>>>({})
  const change = (changes: Partial<PollDraft>) => {
    setErrors({})
    setDraft(`poll:${home}`, pollDraft({ ...draft, ...changes }))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const made = toPoll(draft, new Date())
    if ('missing' in made) {
      const said = {
        question: t('poll.need_question'),
        options: t('poll.need_options'),
        same: t('poll.need_different'),
      }[made.missing]
      return setErrors({ [made.missing === 'question' ? 'question' : 'options']: said })
    }
    postMessage(to, draft.question.trim(), { poll: made })
    setDraft(`poll:${home}`, '')
    closeDialog()
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Field label={t('poll.question')} error={errors.question}>
        <Textarea
          rows={2}
          value={draft.question}
          onChange={(event) => change({ question: event.target.value })}
        />
      </Field>
      <Options
        options={draft.options}
        error={errors.options}
        onChange={(options) => change({ options })}
      />
      <div className="flex flex-col gap-2">
        <Checkbox
          checked={draft.multiple}
          onChange={(multiple) => change({ multiple })}
          label={t('poll.several')}
        />
        <Checkbox
          checked={draft.anonymous}
          onChange={(anonymous) => change({ anonymous })}
          label={t('poll.make_anonymous')}
        />
        {draft.anonymous && <p className="pl-6 text-faint text-sm">{t('poll.anonymous_hint')}</p>}
        <Checkbox
          checked={draft.extensible}
          onChange={(extensible) => change({ extensible })}
          label={t('poll.extensible')}
        />
      </div>
      <div className="flex flex-col gap-1">
        <span className="font-medium text-sm">{t('poll.ends')}</span>
        <Select
          label={t('poll.ends')}
          value={draft.ends}
          onChange={(ends) => change({ ends: ends as PollDraft['ends'] })}
          options={ENDS.map((value) => ({ value, label: t(`poll.ends_${value}`) }))}
        />
      </div>
      <Button type="submit" variant="primary" className="self-end">
        {t('poll.post')}
      </Button>
    </form>
  )
}

interface OptionsProps {
  options: readonly string[]
  error: string | undefined
  onChange(options: string[]): void
}

/** The lines of the options: Enter goes to the next, and begins one after the last. */
function Options({ options, error, onChange }: OptionsProps) {
  const list = useRef<HTMLOListElement>(null)
  const setOption = (place: number, words: string) => {
    onChange(options.map((other, at) => (at === place ? words : other)))
  }
  const focus = (place: number) => {
    requestAnimationFrame(() => list.current?.querySelectorAll('input')[place]?.focus())
  }
  const add = () => {
    if (options.length >= POLL_OPTIONS_MAX) return
    onChange([...options, ''])
    focus(options.length)
  }
  return (
    <div className="flex flex-col gap-1">
      <span className="font-medium text-sm">{t('poll.options')}</span>
      <ol ref={list} className="flex flex-col gap-1.5">
        {options.map((words, place) => (
          <li key={place} className="flex items-center gap-1">
            <Input
              value={words}
              maxLength={200}
              aria-label={t('poll.option', { place: place + 1 })}
              placeholder={t('poll.option', { place: place + 1 })}
              onChange={(event) => setOption(place, event.target.value)}
              onKeyDown={(event) => {
                const composes = event.nativeEvent.isComposing || event.keyCode === 229
                if (event.key !== 'Enter' || composes || event.ctrlKey || event.metaKey) return
                event.preventDefault()
                if (place === options.length - 1) add()
                else focus(place + 1)
              }}
            />
            {options.length > 2 && (
              <IconButton
                size="sm"
                label={t('poll.drop', { place: place + 1 })}
                onClick={() => {
                  onChange(options.filter((_, at) => at !== place))
                }}
              >
                <X size={14} aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ol>
      {error && (
        <p role="alert" className="text-sm text-urgent">
          {error}
        </p>
      )}
      {options.length < POLL_OPTIONS_MAX && (
        <Button
          size="sm"
          variant="ghost"
          className="self-start"
          icon={<Plus size={14} aria-hidden />}
          onClick={add}
        >
          {t('poll.add_option')}
        </Button>
      )}
    </div>
  )
}
