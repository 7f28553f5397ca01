// Passes a message on to another channel, with a word of one's own, and says first who will see it
// there that does not see it here.

import { Hash, Lock, MessageCircle } from 'lucide-react'
import { useId, useState } from 'react'
import { openChannel } from '../../../app/place'
import { errorText, t } from '../../../i18n'
import { useChannel } from '../../../model/channel'
import { type LocalMessage, postMessage } from '../../../model/message'
import { Refused } from '../../../model/pending'
import { quoteOf, useGaining } from '../../../model/quote'
import { Button } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { Dialog } from '../../../ui/Dialog'
import { Field, Input, Textarea } from '../../../ui/Field'
import { toast } from '../../../ui/Toast'
import { Quotes } from './Quotes'
import { type Target, useTargets } from './target'

interface Props {
  message: LocalMessage
  onClose(): void
}

export function ForwardDialog({ message, onClose }: Props) {
  const [query, setQuery] = useState('')
  const [target, setTarget] = useState<Target>()
  const [remark, setRemark] = useState('')
  const [error, setError] = useState('')
  const [busy, setBusy] = useState(false)
  const targets = useTargets(query, message.channel ?? '')
  const context = quoteOf(message, undefined)
  const send = async () => {
    if (!target) return setError(t('quote.choose'))
    setBusy(true)
    try {
      const to = { channel: target.id }
      await postMessage(to, remark.trim(), { quote: message.id }).settled
      onClose()
      toast({
        title: t('quote.forwarded', { where: target.name }),
        action: { label: t('quote.open'), run: () => openChannel(target.id) },
      })
    } catch (failure) {
      if (!(failure instanceof Refused)) throw failure
      setError(errorText(failure.failure.code))
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('quote.forward')}
      width="md"
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" busy={busy} onClick={() => void send()}>
            {t('quote.send')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label={t('quote.to')} error={error || undefined}>
          <Input
            value={query}
            autoFocus
            placeholder={t('quote.find')}
            onChange={(event) => {
              setQuery(event.currentTarget.value)
              setError('')
            }}
          />
        </Field>
        <Targets
          targets={targets}
          chosen={target}
          onChoose={(chosen) => {
            setTarget(chosen)
            setError('')
          }}
        />
        {target && <Gaining source={message.channel ?? ''} target={target.id} />}
        <Field label={t('quote.remark')} optional>
          <Textarea
            value={remark}
            rows={2}
            onChange={(event) => setRemark(event.currentTarget.value)}
          />
        </Field>
        {context && (
          <div className="max-h-40 overflow-y-auto">
            <Quotes context={context} kind="forward" />
          </div>
        )}
      </div>
    </Dialog>
  )
}

interface TargetsProps {
  targets: readonly Target[]
  chosen: Target | undefined
  onChoose(target: Target): void
}

function Targets({ targets, chosen, onChoose }: TargetsProps) {
  const group = useId()
  if (targets.length === 0) return <p className="text-faint">{t('quote.nowhere')}</p>
  return (
    <fieldset className="h-40 overflow-y-auto rounded-md border p-1">
      <legend className="sr-only">{t('quote.to')}</legend>
      {targets.map((target) => (
        <label
          key={target.id}
          className={cx(
            'flex h-8 cursor-pointer items-center gap-2 rounded-md px-2',
            'has-focus-visible:outline-2 has-focus-visible:outline-accent',
            target.id === chosen?.id ? 'bg-accent-soft text-accent-ink' : 'hover:bg-hover',
          )}
        >
          <input
            type="radio"
            name={group}
            checked={target.id === chosen?.id}
            className="sr-only"
            onChange={() => onChoose(target)}
          />
          <Mark kind={target.kind} />
          <span className="min-w-0 truncate">{target.name}</span>
        </label>
      ))}
    </fieldset>
  )
}

function Mark({ kind }: { kind: Target['kind'] }) {
  const Icon = { public: Hash, private: Lock, direct: MessageCircle }[kind]
  return <Icon size={16} aria-hidden className="shrink-0 text-faint" />
}

/** Who will see the words that could not before. */
function Gaining({ source, target }: { source: string; target: string }) {
  const gaining = useGaining(source, target)
  const channel = useChannel(target)
  if (!gaining || !channel) return null
  const everyone = gaining === 'everyone'
  if (!everyone && gaining.length === 0) return null
  return (
    <p role="status" className="rounded-md bg-blocked-soft px-3 py-2 text-sm">
      {everyone
        ? t('quote.gain_everyone', { where: `#${channel.name}` })
        : t('quote.gain', { count: gaining.length })}
    </p>
  )
}
