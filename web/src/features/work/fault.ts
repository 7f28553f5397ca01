// What is wrong with a query, in the reader's language.

import { errorText, t } from '../../i18n'
import type { Failure } from '../../model/pending'
import type { QueryFault } from '../../protocol'

/** Limit: things that could stand there, of those that are named. */
const EXPECTED_MAX = 6

/** One sentence. */
export function faultText(failure: Failure): string {
  const { fault, code } = failure
  if (code === 'offline') return t('work.query_offline')
  if (!fault) return errorText(code)
  const found = fault.found ?? ''
  const expected = (fault.expected ?? []).slice(0, EXPECTED_MAX).map(word).join(' ')
  switch (fault.reason) {
    case 'unexpected':
      return found === ''
        ? t('work.query_end', { expected })
        : t('work.query_unexpected', { found, expected })
    case 'unclosed':
      return t('work.query_unclosed')
    case 'unknown_field':
      return t('work.query_unknown_field', { found })
    case 'wrong_operator':
      return t('work.query_wrong_operator', { found, expected })
    case 'unknown_value':
      return unknownText(fault)
    case 'not_a_date':
      return t('work.query_not_a_date', { found })
    case 'not_a_number':
      return t('work.query_not_a_number', { found })
    case 'unknown_function':
      return t('work.query_unknown_function', { found })
    case 'no_words':
      return t('work.query_no_words', { found })
    case 'not_ordered':
      return t('work.query_not_ordered', { found })
    default:
      return t('work.query_too_much', { expected })
  }
}

function unknownText({ found = '', expected }: QueryFault): string {
  switch (expected?.[0]) {
    case 'member':
      return t('work.query_unknown_member', { found })
    case 'state':
      return t('work.query_unknown_state', { found })
    case 'group':
      return t('work.query_unknown_group', { found })
    default:
      return t('work.query_unknown_value', { found })
  }
}

function word(expected: string): string {
  if (expected === 'field') return t('work.query_word_field')
  if (expected === 'value') return t('work.query_word_value')
  if (expected === 'operator') return t('work.query_word_operator')
  return expected
}

/** Where it is. */
export function placeText({ line, column }: QueryFault): string {
  return line > 1
    ? t('work.query_place_lines', { line, column })
    : t('work.query_place', { column })
}
