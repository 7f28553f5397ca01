import { describe, expect, it } from 'vitest'
import {
  composes,
  composition,
  compositionEnded,
  compositionStarted,
  keyReleased,
} from './composition'

const enter = (timeStamp: number, more: { isComposing?: boolean; keyCode?: number } = {}) => ({
  isComposing: false,
  keyCode: 13,
  timeStamp,
  ...more,
})

describe('Enter and input methods', () => {
  it('is a plain Enter when nothing is composed', () => {
    expect(composes(composition(), enter(1_000))).toBe(false)
  })

  it('Chromium: keydown while composing, then the end; the next Enter is plain', () => {
    const state = composition()
    compositionStarted(state)
    expect(composes(state, enter(1_000, { isComposing: true, keyCode: 229 }))).toBe(true)
    compositionEnded(state, 1_001)
    keyReleased(state)
    expect(composes(state, enter(1_020))).toBe(false)
  })

  it('WebKit: the end, then the keydown of the same Enter with code 229', () => {
    const state = composition()
    compositionStarted(state)
    compositionEnded(state, 1_000)
    expect(composes(state, enter(1_002, { keyCode: 229 }))).toBe(true)
  })

  it('WebKit: the end, then the keydown of the same Enter with code 13', () => {
    const state = composition()
    compositionStarted(state)
    compositionEnded(state, 1_000)
    expect(composes(state, enter(1_002))).toBe(true)
    keyReleased(state)
    expect(composes(state, enter(1_030))).toBe(false)
  })

  it('a candidate picked with the mouse leaves a later Enter plain', () => {
    const state = composition()
    compositionStarted(state)
    compositionEnded(state, 1_000)
    expect(composes(state, enter(1_400))).toBe(false)
  })

  it('trusts the start even where the key says nothing', () => {
    const state = composition()
    compositionStarted(state)
    expect(composes(state, enter(1_000))).toBe(true)
  })
})
