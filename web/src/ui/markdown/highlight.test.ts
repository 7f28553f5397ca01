import { describe, expect, it } from 'vitest'
import { highlight } from './highlight'

const coloured = (text: string, language: string) =>
  highlight(text, language)
    ?.filter(({ kind }) => kind)
    .map(({ text: run, kind }) => `${kind} ${run}`)

describe('highlight', () => {
  it('tells words, texts, values, names and notes apart', () => {
    const rust = coloured('fn main() { let x = 1; // one\n println!("hi"); }', 'rust')
    expect(rust).toEqual(
      expect.arrayContaining(['word fn', 'name main', 'value 1', 'note // one', 'text "hi"']),
    )
    const python = coloured('def f(x):\n    return None # 无', 'python')
    expect(python).toEqual(
      expect.arrayContaining(['word def', 'name f', 'word return', 'value None', 'note # 无']),
    )
  })

  it('knows languages by the names that people write and files end with', () => {
    for (const name of ['rs', 'py', 'TS', 'tsx', 'sh', 'yml', 'toml', 'html', 'vue', 'c++', 'kt'])
      expect(highlight('x', name), name).not.toBeNull()
    expect(coloured('+ new\n- old', 'diff')).toEqual(['added + new', 'removed - old'])
  })

  it('leaves unknown languages alone', () => {
    for (const name of ['', 'klingon', 'txt', 'constructor', '__proto__'])
      expect(highlight('let x = 1', name), name).toBeNull()
  })

  it('leaves what is nested without end as it is', () => {
    expect(() => highlight('$'.concat('{').repeat(10_000), 'bash')).not.toThrow()
  })

  it('keeps every letter, in markup and in code that is none', () => {
    const texts = ['<script>alert("1")</script> &amp; <b', `let 变量 = 'a' + "b"`, '"', '\n\n']
    for (const text of texts) {
      for (const language of ['html', 'ts', 'rust', 'bash', 'sql', 'json']) {
        const runs = highlight(text, language) ?? []
        expect(runs.map((run) => run.text).join('')).toBe(text)
      }
    }
  })
})
