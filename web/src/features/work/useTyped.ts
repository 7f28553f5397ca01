// A draft for a text field. The field follows its own state at once, because React puts back what
// a controlled field held when the new value comes later; the draft is written beside it.

import { useCallback, useEffect, useRef, useState } from 'react'
import { useDraft } from '../../model/draft'

/** The text of a field and how to change it; survives leaving the page. */
export function useTyped(key: string): [string, (text: string) => void] {
  const [draft, setDraft] = useDraft(key)
  const [text, setText] = useState(draft)
  const written = useRef(draft)
  useEffect(() => {
    // Not what was written here: read from disk, or typed in another window of this page.
    if (draft !== written.current) setText(draft)
    written.current = draft
  }, [draft])
  const set = useCallback(
    (next: string) => {
      written.current = next
      setText(next)
      setDraft(next)
    },
    [setDraft],
  )
  return [text, set]
}
