import { expect, it } from 'vitest'
import { type Pane, paneText, parsePane } from './place'

it('reads a pane as it is written', () => {
  const panes: Pane[] = [
    { thread: '0190-ab' },
    { thread: '0190-ab', reply: '0191-cd' },
    { task: 'ENG-1' },
    { task: 'ENG-1', comment: '0192-ef' },
    { info: true },
  ]
  for (const pane of panes) expect(parsePane(paneText(pane))).toEqual(pane)
  expect(parsePane('task:eng-1')).toEqual({ task: 'ENG-1' })
  for (const text of ['', 'thread:', 'thread:a/', 'thread:a/b/c', 'task:a/b/c', 'other:a', 7]) {
    expect(parsePane(text)).toBeUndefined()
  }
})
