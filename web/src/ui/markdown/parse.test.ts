import { describe, expect, it } from 'vitest'
import { type Node, parse, plain, safeHref } from './parse'

function hrefs(nodes: Node[]): string[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'link') return [node.href, ...hrefs(node.children)]
    return node.kind === 'element' ? hrefs(node.children) : []
  })
}

function tagsOf(nodes: Node[]): string[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'element') return [node.tag, ...tagsOf(node.children)]
    return node.kind === 'link' ? ['a', ...tagsOf(node.children)] : []
  })
}

describe('parse', () => {
  it('makes Chinese bold where the marks touch full-width punctuation', () => {
    expect(tagsOf(parse('**中文。**后面'))).toEqual(['p', 'strong'])
    expect(plain('**中文。**后面')).toBe('中文。后面')
  })

  it('keeps every line break that was typed', () => {
    const [paragraph] = parse('one\ntwo')
    expect(paragraph).toMatchObject({
      children: [{ text: 'one' }, { kind: 'break' }, { text: 'two' }],
    })
  })

  it('ends a link where Chinese begins', () => {
    expect(hrefs(parse('看https://a.example/x请看'))).toEqual(['https://a.example/x'])
    expect(hrefs(parse('https://a.example/x，谢谢'))).toEqual(['https://a.example/x'])
    expect(plain('看https://a.example/x请看')).toBe('看https://a.example/x请看')
    expect(plain('https://a.example/%E8%AF%B7')).toBe('https://a.example/请')
  })

  it('does not take file names for links', () => {
    expect(hrefs(parse('see main.rs and README.md'))).toEqual([])
  })

  it('links pictures instead of loading them', () => {
    expect(tagsOf(parse('![plan](https://a.example/p.png)'))).toEqual(['p', 'a'])
  })

  it('boxes task items', () => {
    const [list] = parse('- [ ] open\n- [x] shut')
    expect(list).toMatchObject({
      tag: 'ul',
      children: [
        { checked: false, children: [{ text: 'open' }] },
        { checked: true, children: [{ text: 'shut' }] },
      ],
    })
  })

  it('gives the same tree for the same text', () => {
    expect(parse('same')).toBe(parse('same'))
  })

  it('stays quick on deep nesting', () => {
    expect(() => parse('>'.repeat(5_000))).not.toThrow()
    expect(() => parse('*'.repeat(20_000))).not.toThrow()
    expect(() => parse('['.repeat(20_000))).not.toThrow()
  })
})

describe('nothing that runs', () => {
  const nasty = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java\nscript:alert(1))',
    '[x](&#x6A;avascript:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](vbscript:msgbox)',
    '[x](<javascript:alert(1)>)',
    '[x]( javascript:alert(1))',
    '[x](\u0001javascript:alert(1))',
    '![x](javascript:alert(1))',
    '![x](data:image/svg+xml,<svg onload=alert(1)>)',
    '<javascript:alert(1)>',
    '[x]: javascript:alert(1)\n\n[x]',
    '[x](file:///etc/passwd)',
    '[x](//elsewhere.example/x)',
    '<iframe src="https://a.example"></iframe>',
    '<style>*{display:none}</style>',
  ]

  it.each(nasty)('%j', (text) => {
    const nodes = parse(text)
    for (const href of hrefs(nodes)) {
      expect(new URL(href, 'https://here.example').protocol).toMatch(/^(https?|mailto|tel):$/)
      expect(href.startsWith('//')).toBe(false)
    }
    for (const tag of tagsOf(nodes)) expect(tag).not.toMatch(/script|img|svg|iframe|style/)
  })

  it('keeps HTML as the words it is', () => {
    expect(plain('<b>x</b>')).toBe('<b>x</b>')
  })

  it('knows which addresses are safe', () => {
    expect(safeHref('https://a.example')).toBe('https://a.example')
    expect(safeHref('/t/ENG-42')).toBe('/t/ENG-42')
    expect(safeHref('mailto:a@b.example')).toBe('mailto:a@b.example')
    expect(safeHref('javascript:alert(1)')).toBeNull()
    expect(safeHref('\tjava\tscript:alert(1)')).toBeNull()
    expect(safeHref('blob:https://a.example/x')).toBeNull()
    expect(safeHref('//elsewhere.example')).toBeNull()
    expect(safeHref('/\\elsewhere.example')).toBeNull()
  })
})
