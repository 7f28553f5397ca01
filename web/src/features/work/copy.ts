// Puts a text on the clipboard and says so; also where the page is served without TLS and the
// browser keeps its clipboard interface away.

import { toast } from '../../ui/Toast'

/** `said` is the toast after success. */
export async function copyText(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    copyBySelection(text)
  }
  toast({ title: said })
}

function copyBySelection(text: string) {
  const field = document.createElement('textarea')
  field.value = text
  field.style.position = 'fixed'
  field.style.opacity = '0'
  document.body.append(field)
  field.select()
  document.execCommand('copy')
  field.remove()
}
