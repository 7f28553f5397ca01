// The rules of a workspace as the replica knows them.

import type { Policy, Workspace } from '../protocol'

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
