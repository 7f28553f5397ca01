// How one signs in: for administrators. What is decided here the server keeps to.

import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { errorText, t } from '../../i18n'
import { useWorkspace } from '../../model/member'
import { failureText, Refused } from '../../model/pending'
import { changeMailDomains, signOutEveryone, usePolicy } from '../../model/policy'
import { Button, IconButton } from '../../ui/Button'
import { Confirm } from '../../ui/Dialog'
import { Field, Input } from '../../ui/Field'
import { toast } from '../../ui/Toast'
import { Part } from './Part'
import { Rule, Rules } from './Rule'

const PASSWORDS = [8, 10, 12, 16, 20]
const DAYS = [1, 7, 14, 30, 90, 180, 365]
const IDLE_HOURS = [null, 1, 8, 24, 72, 168, 720]

export function SignInPage() {
  const policy = usePolicy()
  return (
    <>
      <Rules>
        <Rule
          label={t('admin.password_min')}
          hint={t('admin.password_min_hint')}
          value={policy.password_chars_min}
          choices={PASSWORDS}
          name={(chars) => t('admin.characters', { count: Number(chars) })}
          change={(chars) => ({ password_chars_min: Number(chars) })}
        />
        <Rule
          label={t('admin.session_days')}
          hint={t('admin.session_days_hint')}
          value={policy.session_days}
          choices={DAYS}
          name={(days) => t('people.days', { count: Number(days) })}
          change={(days) => ({ session_days: Number(days) })}
        />
        <Rule
          label={t('admin.session_idle')}
          hint={t('admin.session_idle_hint')}
          value={policy.session_idle_hours}
          choices={IDLE_HOURS}
          name={idleName}
          change={(hours) => ({ session_idle_hours: hours === null ? null : Number(hours) })}
        />
        <Rule
          label={t('admin.inviters')}
          hint={t('admin.inviters_hint')}
          value={policy.inviters}
          choices={['administrators', 'members']}
          name={(who) =>
            who === 'members' ? t('admin.inviters_members') : t('admin.inviters_administrators')
          }
          change={(who) => ({ inviters: who === 'members' ? 'members' : 'administrators' })}
        />
      </Rules>
      <Domains />
      <Everyone />
    </>
  )
}

function idleName(hours: number | string | null): string {
  if (hours === null) return t('admin.session_idle_never')
  const count = Number(hours)
  return count % 24 === 0 ? t('people.days', { count: count / 24 }) : t('admin.hours', { count })
}

function Domains() {
  const { mail_domains: domains = [] } = useWorkspace()
  const [typed, setTyped] = useState('')
  const [error, setError] = useState('')
  const save = async (next: string[]) => {
    setError('')
    try {
      await changeMailDomains(next)
      setTyped('')
    } catch (failed) {
      const code = failed instanceof Refused ? failed.failure.code : 'internal'
      setError(code === 'invalid' ? t('admin.domain_wrong') : errorText(code))
    }
  }
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim()) void save([...domains, typed])
  }
  return (
    <Part title={t('admin.domains')} hint={t('admin.domains_hint')}>
      {domains.length > 0 ? (
        <ul className="mb-3 divide-y rounded-lg border">
          {domains.map((domain) => (
            <li key={domain} className="flex h-10 items-center gap-2 pr-1.5 pl-3">
              <span className="min-w-0 flex-1 truncate">@{domain}</span>
              <IconButton
                size="sm"
                label={t('admin.domain_remove', { domain })}
                onClick={() => void save(domains.filter((each) => each !== domain))}
              >
                <X size={16} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : (
        <p className="mb-3 text-faint">{t('admin.domains_empty')}</p>
      )}
      <form noValidate onSubmit={add} className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <Field label={t('admin.domain')} error={error}>
            <Input
              value={typed}
              placeholder="example.com"
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => setTyped(event.target.value)}
            />
          </Field>
        </div>
        <Button type="submit" className="mt-5.5">
          {t('admin.domain_add')}
        </Button>
      </form>
    </Part>
  )
}

/** Asks twice: what it does cannot be undone, and everybody notices. */
function Everyone() {
  const [asking, setAsking] = useState<'once' | 'twice'>()
  const end = () =>
    signOutEveryone().then(
      () => toast({ title: t('admin.everyone_done') }),
      (error: Error) => toast({ title: failureText(error), kind: 'error' }),
    )
  return (
    <Part title={t('admin.everyone')} hint={t('admin.everyone_hint')}>
      <Button variant="danger" onClick={() => setAsking('once')}>
        {t('admin.everyone_action')}
      </Button>
      <Confirm
        open={asking === 'once'}
        onOpenChange={(open) => !open && setAsking(undefined)}
        title={t('admin.everyone_title')}
        description={t('admin.everyone_hint')}
        action={t('admin.everyone_next')}
        danger
        onConfirm={() => setTimeout(() => setAsking('twice'))}
      />
      <Confirm
        open={asking === 'twice'}
        onOpenChange={(open) => !open && setAsking(undefined)}
        title={t('admin.everyone_again')}
        description={t('admin.everyone_again_hint')}
        action={t('admin.everyone_action')}
        danger
        onConfirm={() => void end()}
      />
    </Part>
  )
}
