// A link in a text. What leads to a page of this UI opens in it, as a task's key does; everything
// else opens elsewhere, and is told nothing.

import type { MouseEvent, ReactNode } from 'react'
import { go, openTask, ownHref } from '../../app/place'

export function Link({ href, children }: { href: string; children: ReactNode }) {
  const own = ownHref(href)
  if (own === undefined) {
    return (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    )
  }
  const press = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    const key = /^\/t\/([\w-]+)$/.exec(own)?.[1]
    if (key) openTask(key.toUpperCase())
    else go(own)
  }
  return (
    <a href={own} onClick={press}>
      {children}
    </a>
  )
}
