// How it goes with mail, for administrators.

import { errorText, t } from '../../i18n'
import { formatWhen } from '../../i18n/format'
import { hideMailContent, type MailState, useMailState } from '../../model/mail'
import { useMembers, useWorkspace } from '../../model/member'
import { useEmail } from '../../model/session'
import { Switch } from '../../ui/Field'
import { TestMail } from './MailPart'
import { Part } from './Part'

export function MailServerPart() {
  const { mail, failure, reload } = useMailState()
  const email = useEmail()
  const hint = mail?.configured && t('settings.mail_server_hint', { from: mail.from ?? '' })
  return (
    <Part title={t('settings.mail_server')} hint={hint}>
      {failure && <p role="alert">{errorText(failure.code)}</p>}
      {mail && !mail.configured && (
        <p className="text-sm text-soft">{t('settings.mail_server_missing')}</p>
      )}
      {mail?.configured && (
        <div className="flex flex-col gap-3">
          <Content />
          <p className="text-sm text-soft">{words(mail)}</p>
          <Faults mail={mail} />
          <TestMail address={email} onDone={reload} />
        </div>
      )}
    </Part>
  )
}

function Content() {
  const { hides_mail_content: hidden = false } = useWorkspace()
  return (
    <div>
      <Switch
        label={t('settings.mail_content')}
        checked={!hidden}
        onChange={(shown) => hideMailContent(!shown)}
      />
      <p className="mt-1 text-faint text-sm">{t('settings.mail_content_hint')}</p>
    </div>
  )
}

function words({ waiting, delayed, mailed_at }: MailState): string {
  const parts = [
    waiting === 0
      ? t('settings.mail_waiting_zero')
      : t('settings.mail_waiting', { count: waiting }),
    delayed > 0 && t('settings.mail_delayed', { count: delayed }),
    mailed_at && t('settings.mail_last', { when: formatWhen(mailed_at) }),
  ]
  return parts.filter(Boolean).join(' ')
}

function Faults({ mail: { faults } }: { mail: MailState }) {
  const members = useMembers()
  if (faults.length === 0) return null
  return (
    <section aria-label={t('settings.mail_faults')}>
      <h4 className="mb-1 font-medium text-sm">{t('settings.mail_faults')}</h4>
      <ul className="flex flex-col gap-2 text-sm">
        {faults.map(({ member, at, refused, text }) => (
          <li key={member} className="rounded-md border px-3 py-2">
            <div className="flex flex-wrap gap-x-2">
              <span className="font-medium">
                {members.find((each) => each.id === member)?.name ?? ''}
              </span>
              <span className="text-soft">
                {t(refused ? 'settings.mail_fault_refused' : 'settings.mail_fault_later')}
                {' · '}
                {formatWhen(at)}
              </span>
            </div>
            <p className="break-words text-soft">{text}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
