// Parts of the page that come when they are first drawn. Every component that is loaded by itself
// goes through here: only the texts of the first screen are there from the beginning.

import { type ComponentType, lazy } from 'react'
import { allTexts } from '../i18n'

/** Like React's `lazy`, of the component itself, and with all texts there when it is drawn. */
// biome-ignore lint/suspicious/noExplicitAny: any component, with the props that it has
export function lazily<C extends ComponentType<any>>(load: () => Promise<C>) {
  return lazy(async () => {
    const [component] = await Promise.all([load(), allTexts()])
    return { default: component }
  })
}
