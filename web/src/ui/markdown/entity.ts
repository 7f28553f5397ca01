// In place of the package `entities`, whose tables weigh more than the parser that uses them: the
// browser knows every entity. Named in vite.config.ts.

let area: HTMLTextAreaElement | undefined

/** The text with its entities (`&copy;`) replaced; anything else stays as it is. */
export function decodeHTMLStrict(text: string): string {
  return text.replace(/&#?\w+;/g, (entity) => {
    area ??= document.createElement('textarea')
    area.innerHTML = entity
    return area.value
  })
}
