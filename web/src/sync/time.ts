// Comparing the wire's points in time, whose fractions have any length.

/** Negative if `a` is before `b`; absent is before everything. */
export function compareTimes(a: string | null | undefined, b: string | null | undefined): number {
  const left = widen(a)
  const right = widen(b)
  if (left === right) return 0
  return left < right ? -1 : 1
}

function widen(time: string | null | undefined): string {
  if (!time) return ''
  const [whole = '', fraction = ''] = time.replace('Z', '').split('.')
  return `${whole}.${fraction.padEnd(9, '0')}`
}
