import { useState } from 'react'
import { errorText, t } from '../../i18n'
import { formatWhen } from '../../i18n/format'
import { createHook, removeHook, useHooks } from '../../model/admin'
import { useChannel, useChannels, useMemberships } from '../../model/channel'
import { useMember } from '../../model/member'
import type { Hook } from '../../protocol'
import { Button } from '../../ui/Button'
import { Copyable } from '../../ui/Copyable'
import { Confirm, Dialog } from '../../ui/Dialog'
import { Field, Input } from '../../ui/Field'
import { Select } from '../../ui/Select'
import { toast } from '../../ui/Toast'
import { FormError } from '../account/person'
import { useForm } from '../account/useForm'
import { Part } from './Part'

/** Addresses through which other tools post. */
export function HooksPage() {
  const { items, failure, reload } = useHooks()
  const [making, setMaking] = useState(false)
  return (
    <>
      <Part
        hint={t('settings.hooks_hint')}
        action={
          <Button variant="primary" onClick={() => setMaking(true)}>
            {t('settings.hook_new')}
          </Button>
        }
      >
        <FormError text={failure && errorText(failure.code)} />
        {items?.length === 0 && <p className="py-4 text-faint">{t('settings.hooks_empty')}</p>}
        {items && items.length > 0 && (
          <ul className="divide-y divide-line rounded-md border">
            {items.map((hook) => (
              <HookRow key={hook.id} hook={hook} onRemoved={reload} />
            ))}
          </ul>
        )}
      </Part>
      <Dialog open={making} onOpenChange={setMaking} title={t('settings.hook_new')}>
        {making && <NewHook onMade={reload} />}
      </Dialog>
    </>
  )
}

function HookRow({ hook, onRemoved }: { hook: Hook; onRemoved(): void }) {
  const [asking, setAsking] = useState(false)
  const channel = useChannel(hook.channel)
  const creator = useMember(hook.created_by)
  const remove = () => {
    removeHook(hook.id).then(onRemoved, () => toast({ kind: 'error', title: t('shell.refused') }))
  }
  const name = creator?.name ?? t('common.unknown_member')
  return (
    <li className="flex min-h-14 items-center gap-3 px-3 py-2">
      <div className="min-w-0 flex-1">
        <div className="truncate">
          {hook.name}
          {channel && <span className="text-faint"> → #{channel.name}</span>}
        </div>
        <div className="truncate text-faint text-sm">
          {t('settings.created_by', { name, when: formatWhen(hook.created_at) })}
        </div>
      </div>
      <Button size="sm" variant="danger" onClick={() => setAsking(true)}>
        {t('settings.hook_remove')}
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('settings.hook_remove_title', { name: hook.name })}
        description={t('settings.hook_remove_hint')}
        action={t('settings.hook_remove')}
        danger
        onConfirm={remove}
      />
    </li>
  )
}

function NewHook({ onMade }: { onMade(): void }) {
  const memberships = useMemberships()
  const mine = new Set(memberships.map((each) => each.channel))
  const channels = useChannels().filter(
    ({ id, kind, archived }) => kind !== 'direct' && !archived && mine.has(id),
  )
  const [name, setName] = useState('')
  const [channel, setChannel] = useState(channels[0]?.id ?? '')
  const [made, setMade] = useState<string>()
  const form = useForm(
    () => (name.trim() ? {} : { name: t('account.required') }),
    async () => {
      setMade((await createHook(channel, name.trim())).url)
      onMade()
    },
  )
  if (made) {
    return (
      <div className="flex flex-col gap-2">
        <p className="text-soft">
          {t('settings.hook_created')} {t('settings.hook_shown_once')}
        </p>
        <Copyable text={made} label={t('settings.hook_created')} />
      </div>
    )
  }
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      <FormError text={form.errors.form} />
      <Field
        label={t('settings.hook_name')}
        hint={t('settings.hook_name_hint')}
        error={form.errors.name}
      >
        <Input value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
      </Field>
      <div className="flex flex-col gap-1">
        <span className="font-medium text-sm">{t('settings.hook_channel')}</span>
        <Select
          label={t('settings.hook_channel')}
          value={channel}
          onChange={setChannel}
          options={channels.map(({ id, name: label }) => ({ value: id, label: `# ${label}` }))}
        />
      </div>
      <Button type="submit" variant="primary" busy={form.busy} className="self-end">
        {t('settings.hook_create')}
      </Button>
    </form>
  )
}
