import { describe, expect, it } from 'vitest'
import { findTrigger } from './trigger'

const find = (text: string) => {
  const found = findTrigger(text, text.length, ['ENG', 'LAUNCH'])
  return found && [found.kind, found.query, found.start]
}

describe('findTrigger', () => {
  it('completes people after a space, a Chinese character, a full-width mark', () => {
    expect(find('@')).toEqual(['member', '', 0])
    expect(find('hi @zh')).toEqual(['member', 'zh', 3])
    expect(find('请@张')).toEqual(['member', '张', 1])
    expect(find('请＠zs')).toEqual(['member', 'zs', 1])
    expect(find('one\n@li w')).toEqual(['member', 'li w', 4])
  })

  it('completes commands at the very beginning, and no path', () => {
    expect(find('/')).toEqual(['command', '', 0])
    expect(find('/to')).toEqual(['command', 'to', 0])
    expect(find('、任')).toEqual(['command', '任', 0])
    expect(find('/usr/')).toBeNull()
    expect(find('see /to')).toBeNull()
    expect(find('/topic new')).toBeNull()
  })

  it('does not take addresses and prose for people', () => {
    expect(find('li@exam')).toBeNull()
    expect(find('@li went home')).toBeNull()
    expect(find('@ ')).toBeNull()
    expect(find('@li\n')).toBeNull()
  })

  it('completes channels and tasks by mark, and tasks by the key of a project that exists', () => {
    expect(find('see #log')).toEqual(['hash', 'log', 4])
    expect(find('看#登录')).toEqual(['hash', '登录', 1])
    expect(find('看ENG-')).toEqual(['task', 'ENG-', 1])
    expect(find('eng-4')).toEqual(['task', 'eng-4', 0])
    expect(find('UTF-8')).toBeNull()
    expect(find('# heading')).toBeNull()
    expect(find('page#part')).toBeNull()
  })

  it('completes emoji from two letters on, not times', () => {
    expect(find(':ta')).toEqual(['emoji', 'ta', 0])
    expect(find('好:庆祝')).toEqual(['emoji', '庆祝', 1])
    expect(find(':t')).toBeNull()
    expect(find('10:30')).toBeNull()
    expect(find('http://x')).toBeNull()
  })

  it('completes emoji after one Chinese character and a full-width colon, not in prose', () => {
    expect(find(':笑')).toEqual(['emoji', '笑', 0])
    expect(find('好的！:笑')).toEqual(['emoji', '笑', 3])
    expect(find('：微笑')).toEqual(['emoji', '微笑', 0])
    expect(find('收到 ：笑')).toEqual(['emoji', '笑', 3])
    expect(find('结论：好')).toBeNull()
    expect(find('结论:好')).toBeNull()
    expect(find('：x')).toBeNull()
    expect(find('::笑')).toBeNull()
  })

  it('takes the mark nearest to the caret', () => {
    expect(find('请@张三 看ENG-')).toEqual(['task', 'ENG-', 6])
    expect(find('@li #log')).toEqual(['hash', 'log', 4])
  })

  it('is silent in code', () => {
    expect(find('`@zh')).toBeNull()
    expect(find('```\n@zh')).toBeNull()
    expect(find('```\nx\n```\n@zh')).toEqual(['member', 'zh', 10])
  })

  it('looks only before the caret', () => {
    expect(findTrigger('@zh 你好', 3, [])).toEqual({ kind: 'member', query: 'zh', start: 0 })
    expect(findTrigger('@zh 你好', 0, [])).toBeNull()
  })
})
