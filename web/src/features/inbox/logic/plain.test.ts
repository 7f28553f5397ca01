import { expect, it } from 'vitest'
import { plainText } from './plain'

it('leaves the words', () => {
  expect(plainText('**请**看 `README`\n> 引用\n- 一\n- 二')).toBe('请看 README 引用 一 二')
  expect(plainText('[文档](https://example.com/a_b) 和 snake_case')).toBe('文档 和 snake_case')
  expect(plainText('```rust\nlet a = 1;\n```')).toBe('let a = 1;')
})
