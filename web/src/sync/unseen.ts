// Why a name was refused, more exactly than the server's code says it: something in it cannot be
// seen, and so whoever typed or pasted it needs to be told. Pure.

import type { Failure } from './pending'

/** What the server takes in no name (`domain/src/text.rs`): invisible, or piled on one letter. */
const UNSEEN = new RegExp(
  [
    String.raw`[\p{Cc}\p{Cf}\u{115f}\u{1160}\u{2028}\u{2029}\u{3164}\u{ffa0}]`,
    String.raw`[\u{17b4}\u{17b5}\u{180b}-\u{180f}]`,
    String.raw`\u{34f}`,
    String.raw`\p{M}{5}`,
  ].join('|'),
  'u',
)

/** The failure of what was sent, with the code `unseen` where that is what is wrong. */
export function exactly(failure: Failure, sent: unknown): Failure {
  if (failure.code !== 'invalid' || !failure.field || typeof sent !== 'object') return failure
  const named = Object.entries(sent ?? {}).find(([name]) => name === failure.field)
  const words = named?.[1]
  const isUnseen = typeof words === 'string' && UNSEEN.test(words.trim())
  return isUnseen ? { ...failure, code: 'unseen' } : failure
}
