// Where the line "new" stands in a channel that is being looked at. Pure: the list feeds it what
// happens and draws the line at `after`.

export interface UnreadLine {
  /** Messages beyond this seq are new; null for no line. */
  after: number | null
  /** How many there were when the channel was opened; 0 once that says nothing any more. */
  count: number
  /** The person looks at the window and at the newest message. */
  watching: boolean
  /** All that lies beyond the line has been looked at. */
  seen: boolean
}

/** `read` and `unread` are the membership's at the moment of opening. */
export function openLine(read: number, unread: number): UnreadLine {
  const after = unread > 0 ? read : null
  return { after, count: unread, watching: false, seen: unread === 0 }
}

/** The line stays where it stands while one reads, and while one looks away. */
export function watch(line: UnreadLine, watching: boolean): UnreadLine {
  if (line.watching === watching) return line
  return { ...line, watching, seen: line.seen || watching }
}

/** Somebody else's message came; everything up to `read` had been read before. */
export function arrive(line: UnreadLine, read: number): UnreadLine {
  if (line.watching || !line.seen) return line
  return { after: read, count: 0, watching: false, seen: false }
}

/** One answered: nothing above is new any more. */
export function answer(line: UnreadLine): UnreadLine {
  return { ...line, after: null, count: 0, seen: true }
}

/** Marked unread on purpose: new from here, although one is looking. */
export function place(line: UnreadLine, read: number): UnreadLine {
  return { after: read, count: 0, watching: line.watching, seen: true }
}

/** The line lies above what is loaded: `first` is the seq of the first message that is. */
export function isAbove(line: UnreadLine, first: number | undefined, hasOlder: boolean): boolean {
  if (line.after === null || line.count === 0 || first === undefined) return false
  return hasOlder && first > line.after
}
