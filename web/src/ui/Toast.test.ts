import { expect, it, vi } from 'vitest'
import { closeToast, manager, startToasts, toast } from './Toast'

it('keeps what is said before there is anything that shows it', () => {
  const add = vi.spyOn(manager, 'add')
  const titles = () => add.mock.calls.map(([{ title }]) => title)
  toast({ title: 'refused' })
  closeToast(toast({ title: 'settled meanwhile' }))
  expect(add).not.toHaveBeenCalled()
  startToasts()
  expect(titles()).toEqual(['refused'])
  toast({ title: 'later' })
  expect(titles()).toEqual(['refused', 'later'])
})
