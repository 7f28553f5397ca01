import { useState } from 'react'
import { errorText, type Key, t } from '../../i18n'
import { formatAgo, formatFull, formatWhen } from '../../i18n/format'
import { createToken, revokeToken, useTokens } from '../../model/admin'
import type { Token, TokenScope } from '../../protocol'
import { Button } from '../../ui/Button'
import { Copyable } from '../../ui/Copyable'
import { cx } from '../../ui/class'
import { Confirm, Dialog } from '../../ui/Dialog'
import { Checkbox, Field, Input } from '../../ui/Field'
import { Select } from '../../ui/Select'
import { toast } from '../../ui/Toast'
import { FormError } from '../account/person'
import { useForm } from '../account/useForm'
import { Part } from './Part'

const scopes: [TokenScope, Key][] = [
  ['read', 'settings.scope_read'],
  ['chat', 'settings.scope_chat'],
  ['work', 'settings.scope_work'],
  ['admin', 'settings.scope_admin'],
]

const NO_END = 'none'
const dayChoices = ['7', '30', '90', '365', NO_END]

/** Tokens with which programs act for the reader. */
export function TokensPage() {
  const { items, failure, reload } = useTokens()
  const [making, setMaking] = useState(false)
  return (
    <>
      <Part
        hint={t('settings.tokens_hint')}
        action={
          <Button variant="primary" onClick={() => setMaking(true)}>
            {t('settings.token_new')}
          </Button>
        }
      >
        <FormError text={failure && errorText(failure.code)} />
        {items?.length === 0 && <p className="py-4 text-faint">{t('settings.tokens_empty')}</p>}
        {items && items.length > 0 && (
          <ul className="divide-y divide-line rounded-md border">
            {items.map((token) => (
              <TokenRow key={token.id} token={token} onRevoked={reload} />
            ))}
          </ul>
        )}
      </Part>
      <Dialog open={making} onOpenChange={setMaking} title={t('settings.token_new')}>
        {making && <NewToken onMade={reload} />}
      </Dialog>
    </>
  )
}

function scopeName(scope: TokenScope): string {
  const [, label] = scopes.find(([one]) => one === scope) ?? []
  return label ? t(label) : scope
}

function TokenRow({ token, onRevoked }: { token: Token; onRevoked(): void }) {
  const [asking, setAsking] = useState(false)
  const revoke = () => {
    revokeToken(token.id).then(onRevoked, () => toast({ kind: 'error', title: t('shell.refused') }))
  }
  return (
    <li className="flex min-h-14 items-center gap-3 px-3 py-2">
      <div className="min-w-0 flex-1">
        <div className="truncate">{token.name}</div>
        <div className="text-faint text-sm">
          {token.scopes.map(scopeName).join(' · ')}
          {' — '}
          {token.last_used_at
            ? t('settings.token_used', { when: formatAgo(token.last_used_at) })
            : t('settings.token_unused')}
        </div>
        <End at={token.expires_at} />
      </div>
      <Button size="sm" variant="danger" onClick={() => setAsking(true)}>
        {t('settings.token_revoke')}
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('settings.token_revoke_title', { name: token.name })}
        description={t('settings.token_revoke_hint')}
        action={t('settings.token_revoke')}
        danger
        onConfirm={revoke}
      />
    </li>
  )
}

function End({ at }: { at: string | null | undefined }) {
  if (!at) return <div className="text-faint text-sm">{t('settings.token_endless')}</div>
  const isOver = new Date(at) <= new Date()
  return (
    <div className={cx('text-sm', isOver ? 'text-urgent' : 'text-faint')} title={formatFull(at)}>
      {t(isOver ? 'settings.token_expired' : 'settings.token_until', { when: formatWhen(at) })}
    </div>
  )
}

function NewToken({ onMade }: { onMade(): void }) {
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<TokenScope[]>(['read', 'chat', 'work'])
  const [days, setDays] = useState('90')
  const [made, setMade] = useState<string>()
  const form = useForm(
    () => ({
      ...(name.trim() ? {} : { name: t('account.required') }),
      ...(chosen.length > 0 ? {} : { scopes: t('settings.token_scopes_none') }),
    }),
    async () => {
      const lasts = days === NO_END ? undefined : Number(days)
      setMade((await createToken(name.trim(), chosen, lasts)).token)
      onMade()
    },
  )
  if (made) {
    return (
      <div className="flex flex-col gap-2">
        <p className="text-soft">{t('settings.token_shown_once')}</p>
        <Copyable text={made} label={t('settings.token_new')} />
      </div>
    )
  }
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      <FormError text={form.errors.form} />
      <Field
        label={t('settings.token_name')}
        hint={t('settings.token_name_hint')}
        error={form.errors.name}
      >
        <Input value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium text-sm">{t('settings.token_scopes')}</legend>
        {scopes.map(([scope, label]) => (
          <Checkbox
            key={scope}
            label={t(label)}
            checked={chosen.includes(scope)}
            onChange={(checked) =>
              setChosen(checked ? [...chosen, scope] : chosen.filter((one) => one !== scope))
            }
          />
        ))}
        {form.errors.scopes && (
          <p role="alert" className="text-sm text-urgent">
            {form.errors.scopes}
          </p>
        )}
      </fieldset>
      <div className="flex flex-col gap-1">
        <span className="font-medium text-sm">{t('settings.token_days')}</span>
        <Select
          label={t('settings.token_days')}
          value={days}
          onChange={setDays}
          options={dayChoices.map((value) => ({ value, label: daysName(value) }))}
        />
      </div>
      <Button type="submit" variant="primary" busy={form.busy} className="self-end">
        {t('settings.token_create')}
      </Button>
    </form>
  )
}

function daysName(days: string): string {
  return days === NO_END ? t('settings.token_endless') : t('people.days', { count: Number(days) })
}
