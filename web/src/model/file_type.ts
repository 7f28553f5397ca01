// Which types of files the workspace takes, as far as a name tells: what the server would refuse is
// not sent. The server looks at the bytes besides.

import type { FileTypes } from '../protocol'

/** The type of the file, if files of it are not taken. */
export function refusedType(
  { rule, types }: FileTypes,
  file: { name: string; type: string },
): string | undefined {
  const name = file.name
    .normalize('NFKC')
    .replaceAll('\u3002', '.')
    .toLowerCase()
    .replace(/[.\s]+$/, '')
  const dot = name.lastIndexOf('.')
  const ending = dot < 1 ? '' : name.slice(dot + 1).trim()
  if (ending === '') return undefined
  const isNamed = types.some((each) =>
    each.includes('/') ? isOf(each, file.type) : each === ending || name.endsWith(`.${each}`),
  )
  if (rule === 'except') return isNamed ? ending : undefined
  // What the browser does not know may be of a type that the server knows.
  const mayBe = file.type === '' && types.some((each) => each.includes('/'))
  return isNamed || mayBe ? undefined : ending
}

function isOf(type: string, actual: string): boolean {
  const plain = (text: string) => text.replace('/x-', '/')
  return type.endsWith('/*') ? actual.startsWith(type.slice(0, -1)) : plain(type) === plain(actual)
}
