// Bookmarks are dragged into another order; their menus do the same for the keyboard.

import { type DragEvent, useState } from 'react'
import { failureText } from '../../../model/pending'
import { updateBookmark } from '../../../model/shelf'
import type { Bookmark } from '../../../protocol'
import { toast } from '../../../ui/Toast'
import { placeBeside } from './bookmark'

interface Target {
  id: string
  isBehind: boolean
}

/** Where a dragged one would come to stand, and the handlers of each bookmark's element. */
export function useBookmarkDrag(bookmarks: readonly Bookmark[]) {
  const [moved, setMoved] = useState<Bookmark>()
  const [target, setTarget] = useState<Target>()
  const ids = bookmarks.map(({ id }) => id)
  const placeAt = ({ id, isBehind }: Target) => moved && placeBeside(ids, moved.id, id, isBehind)
  const end = () => {
    setMoved(undefined)
    setTarget(undefined)
  }
  const handlersOf = (bookmark: Bookmark) => ({
    // Its link is what is dragged: it can be dropped elsewhere, too, as an address.
    onDragStart: () => setMoved(bookmark),
    onDragOver: (event: DragEvent) => {
      if (!moved) return
      event.preventDefault()
      const { left, width } = event.currentTarget.getBoundingClientRect()
      const next = { id: bookmark.id, isBehind: event.clientX > left + width / 2 }
      if (next.id === target?.id && next.isBehind === target.isBehind) return
      setTarget(placeAt(next) === undefined ? undefined : next)
    },
    onDrop: (event: DragEvent) => {
      if (!moved) return
      event.preventDefault()
      const after = target && placeAt(target)
      end()
      if (after !== undefined) updateBookmark(moved, { after }).settled.catch(failed)
    },
    onDragEnd: end,
  })
  return { target, handlersOf }
}

function failed(error: Error) {
  toast({ title: failureText(error), kind: 'error' })
}
