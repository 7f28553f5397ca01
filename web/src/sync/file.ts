// Files that this page has uploaded: what a message on its way shows before the log tells of it.

import type { File as Carried } from '../protocol'

/** Limit: uploads remembered; older ones are told by the log long since. */
const KNOWN_MAX = 200

const known = new Map<string, Carried>()

export function rememberFile(file: Carried): void {
  known.set(file.id, file)
  const oldest = known.keys().next().value
  if (known.size > KNOWN_MAX && oldest) known.delete(oldest)
}

/** The file, or its place if an earlier page uploaded it: the log fills it in. */
export function knownFile(id: string): Carried {
  return known.get(id) ?? { id, name: '…', media_type: 'application/octet-stream', size: 0 }
}
