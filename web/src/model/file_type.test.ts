import { expect, it } from 'vitest'
import { refusedType } from './file_type'

const file = (name: string, type = '') => ({ name, type })

it('an ending is known however it is written', () => {
  const rule = { rule: 'except', types: ['exe', 'tar.gz', 'video/*'] } as const
  const refused = (name: string, type?: string) =>
    refusedType({ ...rule, types: [...rule.types] }, file(name, type))
  for (const name of ['a.exe', 'a.PDF.ExE', 'a.exe. ', 'a．ｅｘｅ', 'a。exe']) {
    expect(refused(name), name).toBe('exe')
  }
  expect(refused('a.tar.gz')).toBe('gz')
  expect(refused('film.mp4', 'video/mp4')).toBe('mp4')
  for (const name of ['exe', '.exe', 'a.exe.pdf', 'a.gz', '报告.docx']) {
    expect(refused(name), name).toBeUndefined()
  }
})

it('of what is taken alone, the server decides where a name does not tell', () => {
  const some = { rule: 'only', types: ['image/*', 'pdf'] } as const
  const refused = (name: string, type?: string) =>
    refusedType({ ...some, types: [...some.types] }, file(name, type))
  expect(refused('a.pdf', 'application/pdf')).toBeUndefined()
  expect(refused('a.png', 'image/png')).toBeUndefined()
  expect(refused('a.mp4', 'video/mp4')).toBe('mp4')
  expect(refused('a.odd')).toBeUndefined()
  expect(refused('a')).toBeUndefined()
  expect(refusedType({ rule: 'only', types: ['pdf'] }, file('a.odd'))).toBe('odd')
})
