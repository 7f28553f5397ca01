// The beginning of a message on one line: without the marks of its Markdown. Pure.

/** Good enough for a line that is cut off anyway; the message itself is shown by `Markdown`. */
export function plainText(text: string): string {
  return text
    .replace(/```[^\n]*\n?/g, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(?:#{1,6}|>|[-*+]|\d+\.)\s+/gm, '')
    .replace(/(\*\*|__|~~|`)(.*?)\1/g, '$2')
    .replace(/\s+/g, ' ')
    .trim()
}
