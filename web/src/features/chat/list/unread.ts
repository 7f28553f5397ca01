// Where the line "new" stands in a channel that is being looked at. Pure: the list feeds it what
// happens and draws the line at `after`.

export interface UnreadLine {
  /** Messages beyond this seq are new; null for no line. */
  after: number | null
  /** The person looks at the window and at the newest message. */
  watching: boolean
  /** All that lies beyond the line has been looked at. */
  seen: boolean
}

/** `read` and `unread` are the membership's at the moment of opening. */
export function openLine(read: number, unread: number): UnreadLine {
  return { after: unread > 0 ? read : null, watching: false, seen: unread === 0 }
}

/** The line stays where it stands while one reads, and while one looks away. */
export function watch(line: UnreadLine, watching: boolean): UnreadLine {
  if (line.watching === watching) return line
  return { after: line.after, watching, seen: line.seen || watching }
}

/** Somebody else's message came; everything up to `read` had been read before. */
export function arrive(line: UnreadLine, read: number): UnreadLine {
  if (line.watching || !line.seen) return line
  return { after: read, watching: false, seen: false }
}

/** One answered: nothing above is new any more. */
export function answer(line: UnreadLine): UnreadLine {
  return { ...line, after: null, seen: true }
}

/** Marked unread on purpose: new from here, although one is looking. */
export function place(line: UnreadLine, read: number): UnreadLine {
  return { after: read, watching: line.watching, seen: true }
}
