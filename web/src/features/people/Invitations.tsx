import { useState } from 'react'
import { errorText, t } from '../../i18n'
import { formatWhen } from '../../i18n/format'
import {
  createInvitation,
  renewInvitation,
  revokeInvitation,
  useInvitations,
} from '../../model/admin'
import { useChannels } from '../../model/channel'
import { useMailStatus } from '../../model/mail'
import { isAdmin, useMe, useMember } from '../../model/member'
import { failureText } from '../../model/pending'
import { useSpaces } from '../../model/space'
import type { Invitation, Role } from '../../protocol'
import { Button } from '../../ui/Button'
import { Copyable } from '../../ui/Copyable'
import { cx } from '../../ui/class'
import { Confirm, Dialog } from '../../ui/Dialog'
import { Field, Input } from '../../ui/Field'
import { Select } from '../../ui/Select'
import { toast } from '../../ui/Toast'
import { FormError, isAddress } from '../account/person'
import { useForm } from '../account/useForm'
import { Part } from '../settings/Part'
import { SpaceField } from '../space/SpaceField'

/** Links that let people in: for administrators, and where members may invite for them. */
export function Invitations() {
  const { items, failure, reload } = useInvitations()
  const [making, setMaking] = useState(false)
  return (
    <Part
      hint={t('people.invitations_hint')}
      action={
        <Button variant="primary" onClick={() => setMaking(true)}>
          {t('people.invite')}
        </Button>
      }
    >
      <FormError text={failure && errorText(failure.code)} />
      {items?.length === 0 && <p className="py-2 text-faint">{t('people.invitations_empty')}</p>}
      {items && items.length > 0 && (
        <ul className="divide-y divide-line rounded-md border">
          {items.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} onChanged={reload} />
          ))}
        </ul>
      )}
      <Dialog open={making} onOpenChange={setMaking} title={t('people.invite')}>
        {making && <NewInvitation onMade={reload} />}
      </Dialog>
    </Part>
  )
}

interface RowProps {
  invitation: Invitation
  onChanged(): void
}

function InvitationRow({ invitation, onChanged }: RowProps) {
  const creator = useMember(invitation.created_by)
  const places = usePlaces(invitation)
  const [now] = useState(Date.now)
  const [asking, setAsking] = useState(false)
  const ended = Date.parse(invitation.expires_at) <= now
  const settle = (sent: Promise<unknown>) => {
    sent.then(onChanged, (error: Error) => toast({ kind: 'error', title: failureText(error) }))
  }
  const revoke = () => settle(revokeInvitation(invitation.id))
  const name = creator?.name ?? t('common.unknown_member')
  const { used = 0, uses_left: left } = invitation
  const mailed = mailNote(invitation)
  return (
    <li className="flex min-h-14 items-center gap-3 px-3 py-2 max-md:flex-wrap">
      <div className="min-w-0 flex-1 max-md:basis-full">
        <div className="truncate">
          {t(`people.role_${invitation.role}`)}
          {places && ` · ${places}`}
        </div>
        <div className={cx('text-sm', ended ? 'text-urgent' : 'text-soft')}>
          {ended
            ? t('people.invite_ended', { when: formatWhen(invitation.expires_at) })
            : t('people.invite_until', { when: formatWhen(invitation.expires_at) })}
          {' · '}
          {t('people.invite_used', { used, count: used + left })}
        </div>
        <div className="truncate text-faint text-sm">
          {t('settings.created_by', { name, when: formatWhen(invitation.created_at) })}
          {mailed && ` · ${mailed}`}
        </div>
      </div>
      <Button size="sm" onClick={() => settle(renewInvitation(invitation.id))}>
        {t('people.invite_renew')}
      </Button>
      <Button size="sm" onClick={() => (ended ? revoke() : setAsking(true))}>
        {t('people.invite_revoke')}
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('people.invite_revoke_title')}
        description={t('people.invite_revoke_hint')}
        action={t('people.invite_revoke')}
        danger
        onConfirm={revoke}
      />
    </li>
  )
}

/** Where whoever comes in joins at once, as far as the reader sees it. */
function usePlaces(invitation: Invitation): string {
  const spaces = useSpaces()
  const channels = useChannels()
  const named = [
    ...spaces.filter(({ id }) => invitation.spaces?.includes(id)).map(({ name }) => name),
    ...channels.filter(({ id }) => invitation.channels?.includes(id)).map((it) => `#${it.name}`),
  ]
  return named.join(t('people.comma'))
}

/** What became of mailing it. */
function mailNote({ email, mailed }: Invitation): string | undefined {
  if (!email || !mailed) return undefined
  const names = { email }
  if (mailed === 'waiting') return t('people.invite_mail_waiting', names)
  return mailed === 'sent'
    ? t('people.invite_mail_sent', names)
    : t('people.invite_mail_failed', names)
}

const dayChoices = ['1', '7', '30', '90']
const useChoices = ['1', '5', '20', '100']

function NewInvitation({ onMade }: { onMade(): void }) {
  const roles: Role[] = isAdmin(useMe()) ? ['member', 'guest', 'admin'] : ['member']
  const [role, setRole] = useState<Role>('member')
  const [uses, setUses] = useState('1')
  const [days, setDays] = useState('7')
  const [space, setSpace] = useState<string | null>(null)
  const [email, setEmail] = useState('')
  const { mail } = useMailStatus()
  const [link, setLink] = useState<string>()
  const to = email.trim() || undefined
  const form = useForm(
    () => (to && !isAddress(to) ? { email: t('account.email_invalid') } : {}),
    async () => {
      const wish = { role, uses: to ? 1 : Number(uses), days: Number(days), email: to }
      const made = await createInvitation({ ...wish, spaces: space ? [space] : [] })
      setLink(new URL(made.url, location.origin).href)
      onMade()
    },
  )
  if (link) {
    return (
      <div className="flex flex-col gap-2">
        {to && <p role="status">{t('people.invite_mailing', { email: to })}</p>}
        <p className="text-soft">{t('people.invite_shown_once')}</p>
        <Copyable text={link} label={t('people.invite_link')} />
      </div>
    )
  }
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      <FormError text={form.errors.form} />
      <Choice label={t('people.invite_as')} hint={t(`people.role_${role}_hint`)}>
        <Select<Role>
          label={t('people.invite_as')}
          value={role}
          onChange={setRole}
          options={roles.map((value) => ({ value, label: t(`people.role_${value}`) }))}
        />
      </Choice>
      {roles.length > 1 && <SpaceField value={space} onChange={setSpace} />}
      {mail?.configured && (
        <Field
          label={t('people.invite_email')}
          hint={t('people.invite_email_hint')}
          error={form.errors.email}
        >
          <Input
            type="email"
            autoComplete="off"
            value={email}
            onChange={({ target }) => setEmail(target.value)}
          />
        </Field>
      )}
      {!to && (
        <Choice label={t('people.invite_uses')}>
          <Select
            label={t('people.invite_uses')}
            value={uses}
            onChange={setUses}
            options={useChoices.map((value) => ({ value, label: value }))}
          />
        </Choice>
      )}
      <Choice label={t('people.invite_days')}>
        <Select
          label={t('people.invite_days')}
          value={days}
          onChange={setDays}
          options={dayChoices.map((value) => ({
            value,
            label: t('people.days', { count: Number(value) }),
          }))}
        />
      </Choice>
      <Button type="submit" variant="primary" busy={form.busy} className="self-end">
        {t('people.invite_create')}
      </Button>
    </form>
  )
}

function Choice(props: { label: string; hint?: string; children: React.ReactNode }) {
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <div className="font-medium text-sm">{props.label}</div>
        {props.hint && <div className="text-faint text-sm">{props.hint}</div>}
      </div>
      {props.children}
    </div>
  )
}
