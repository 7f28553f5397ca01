// The rules of a workspace as the replica knows them.

import type { Event, Policy, Workspace } from '../protocol'

/** As a workspace begins. */
const FIRST: Policy = {
  password_chars_min: 8,
  session_days: 30,
  inviters: 'administrators',
  everyone_mentioners: 'everyone',
}

export function policyOf(workspace: Pick<Workspace, 'policy'> | undefined): Policy {
  return workspace?.policy ?? FIRST
}

type Ruled = Extract<
  Event,
  {
    type:
      | 'workspace_renamed'
      | 'readers_hidden'
      | 'mail_content_hidden'
      | 'emoji_restricted'
      | 'logo_changed'
      | 'policy_changed'
      | 'mail_domains_changed'
  }
>

/** The workspace once it has another name, logo or rule. */
export function ruledAfter(workspace: Workspace, event: Ruled): Workspace {
  switch (event.type) {
    case 'workspace_renamed':
      return { ...workspace, name: event.name }
    case 'readers_hidden':
      return { ...workspace, hides_readers: event.hidden }
    case 'mail_content_hidden':
      return { ...workspace, hides_mail_content: event.hidden }
    case 'emoji_restricted':
      return { ...workspace, restricts_emoji: event.restricted }
    case 'logo_changed':
      return { ...workspace, logo: event.logo }
    case 'policy_changed':
      return { ...workspace, policy: event.to }
    case 'mail_domains_changed':
      return { ...workspace, mail_domains: event.to }
  }
}
