// A message that asks to be acknowledged: the button for whoever is asked, how many have, and in a
// window who has and who has not.

import { Check, CheckCheck } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../i18n'
import { formatWhen } from '../../../i18n/format'
import {
  type Answers,
  acknowledgeMessage,
  remindableFrom,
  remindOfAcknowledgement,
  useAnswers,
  withdrawAcknowledgement,
} from '../../../model/acknowledgement'
import { isAdmin, useMe } from '../../../model/member'
import type { LocalMessage } from '../../../model/message'
import type { Acknowledgement } from '../../../protocol'
import { Button } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { Confirm } from '../../../ui/Dialog'
import { Popover } from '../../../ui/Popover'
import { toast } from '../../../ui/Toast'
import { People, Person, Scroll } from './People'

interface Props {
  message: LocalMessage
  asks: Acknowledgement
}

export function AcknowledgementBar({ message, asks }: Props) {
  const me = useMe().id
  const answers = useAnswers(asks)
  const done = answers.acknowledged.length
  const count = done + answers.waiting.length
  const mine = answers.acknowledged.some(({ member }) => member.id === me)
  const [withdrawing, setWithdrawing] = useState(false)
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1">
      {asks.waiting?.includes(me) && (
        <Button
          size="sm"
          variant="primary"
          icon={<Check size={14} aria-hidden />}
          onClick={() => acknowledgeMessage(message.id)}
        >
          {t('acknowledgement.acknowledge')}
        </Button>
      )}
      <Popover
        label={t('acknowledgement.who')}
        className="w-80"
        trigger={
          <button
            type="button"
            className={cx(
              'inline-flex h-7 min-w-0 items-center gap-1.5 rounded-md px-1.5 text-sm tabular-nums',
              'hover:bg-active finger:h-10',
              done === count ? 'text-done' : 'text-soft',
            )}
          >
            <CheckCheck size={14} aria-hidden className="shrink-0" />
            <span className="truncate">
              {mine && `${t('acknowledgement.acknowledged')} · `}
              {t('acknowledgement.count', { done, count })}
            </span>
          </button>
        }
      >
        {(close) => (
          <Who
            asks={asks}
            answers={answers}
            onRemind={() => {
              remindOfAcknowledgement(message.id)
              toast({ title: t('acknowledgement.reminded') })
              close()
            }}
            onWithdraw={() => {
              close()
              setWithdrawing(true)
            }}
          />
        )}
      </Popover>
      <Confirm
        open={withdrawing}
        onOpenChange={setWithdrawing}
        title={t('acknowledgement.withdraw_title')}
        description={t('acknowledgement.withdraw_hint')}
        action={t('acknowledgement.withdraw')}
        danger
        onConfirm={() => withdrawAcknowledgement(message.id)}
      />
    </div>
  )
}

interface WhoProps {
  asks: Acknowledgement
  answers: Answers
  onRemind(): void
  onWithdraw(): void
}

function Who({ asks, answers, onRemind, onWithdraw }: WhoProps) {
  const me = useMe()
  const { waiting, acknowledged } = answers
  const from = remindableFrom(asks, new Date())
  const asker = asks.by === me.id
  return (
    <div className="flex max-h-96 flex-col">
      <Scroll label={t('acknowledgement.who')} className="min-h-0 flex-1">
        <People title={t('acknowledgement.waiting', { count: waiting.length })}>
          {waiting.map((member) => (
            <Person key={member.id} member={member} />
          ))}
        </People>
        <People title={t('acknowledgement.who_has', { count: acknowledged.length })}>
          {acknowledged.map(({ member, at }) => (
            <Person key={member.id} member={member} at={at} />
          ))}
          {acknowledged.length === 0 && (
            <li className="px-2 py-1 text-faint text-sm">{t('acknowledgement.nobody_yet')}</li>
          )}
        </People>
      </Scroll>
      {(asker || isAdmin(me)) && (
        <div className="flex flex-wrap items-center justify-end gap-2 border-t p-2">
          {asker && waiting.length > 0 && from && (
            <span className="flex-1 text-faint text-xs">
              {t('acknowledgement.remind_later', { when: formatWhen(from) })}
            </span>
          )}
          <Button size="sm" variant="ghost" onClick={onWithdraw}>
            {t('acknowledgement.withdraw')}
          </Button>
          {asker && waiting.length > 0 && !from && (
            <Button size="sm" onClick={onRemind}>
              {t('acknowledgement.remind')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
