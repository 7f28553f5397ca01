// Items out of what somebody pastes: a Markdown task list, any other list, or lines. Pure.

import type { NewChecklistItem } from '../../../protocol'

/** Limit: characters of an item, as of a task's title. */
export const ITEM_CHARS_MAX = 250

const LIST_MARK = /^\s*(?:[-*+•]|\d+[.)、])\s+/
const BOX = /^\[([ xX])\]\s+/

/** One item for each line that says something. */
export function itemsOf(text: string): Omit<NewChecklistItem, 'id'>[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const bare = line.replace(LIST_MARK, '').trimStart()
    const box = BOX.exec(bare)
    const words = (box ? bare.slice(box[0].length) : bare).trim().replace(/\s+/g, ' ')
    // A heading or a rule between lists is no step.
    if (words === '' || /^(?:#{1,6}\s.*|-{3,}|\*{3,})$/.test(line.trim())) return []
    const item = { text: [...words].slice(0, ITEM_CHARS_MAX).join('') }
    return [box?.[1]?.toLowerCase() === 'x' ? { ...item, done: true } : item]
  })
}
