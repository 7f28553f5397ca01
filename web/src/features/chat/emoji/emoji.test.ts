import { describe, expect, it } from 'vitest'
import { EMOJI, emojiNamed, searchEmoji } from './emoji'

const first = (query: string) => searchEmoji(query, 5).map(({ emoji }) => emoji)

describe('emoji', () => {
  it('are found by short name and by Chinese word', () => {
    expect(first('tada')[0]).toBe('🎉')
    expect(first('庆祝')).toContain('🎉')
    expect(first('thumbs')[0]).toBe('👍')
    expect(first('收到')).toContain('🫡')
    expect(first('nothing like this')).toEqual([])
  })

  it('have one owner for each short name, and stand once', () => {
    const names = EMOJI.flatMap((one) => one.names)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
    const all = EMOJI.map((one) => one.emoji)
    expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([])
    for (const one of EMOJI) expect(one.words.every((word) => word !== '')).toBe(true)
  })

  it('are known by their whole name', () => {
    expect(emojiNamed('+1')).toBe('👍')
    expect(emojiNamed('no_such')).toBeNull()
  })
})
