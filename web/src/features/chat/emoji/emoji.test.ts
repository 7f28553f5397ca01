import { describe, expect, it } from 'vitest'
import { customEmoji, EMOJI, emojiNamed, searchEmoji } from './emoji'

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

  it('of the workspace are found by name, alias and part of a name', () => {
    const cat = { name: 'party_cat', aliases: ['猫'] }
    const custom = customEmoji(
      new Map([
        ['party_cat', cat],
        ['猫', cat],
      ]),
    )
    expect(custom.map(({ emoji }) => emoji)).toEqual([':party_cat:'])
    const find = (query: string) => searchEmoji(query, 5, custom).map(({ emoji }) => emoji)
    expect(find('party_c')).toEqual([':party_cat:'])
    expect(find('猫')[0]).toBe(':party_cat:')
    expect(find('party')).toContain('🥳')
  })

  it('are known by their whole name', () => {
    expect(emojiNamed('+1')).toBe('👍')
    expect(emojiNamed('no_such')).toBeNull()
  })
})
