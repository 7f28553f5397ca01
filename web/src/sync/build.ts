// The build that this page was loaded from: kept on the device by the service worker (see
// src/worker), and left for a newer one when it cannot go on. Called by main and the client.

const REMEMBERED = 'tenon.renewed'
/** Fields that lose their words with the page; the composer's are drafts, but it is one of them. */
const FIELDS = 'input, textarea, [contenteditable="true"]'

/** `entry` is the address of the script that the page began with. */
export function keepBuild(entry: string): void {
  // Files of a build that is gone: the page cannot open more of itself.
  addEventListener('vite:preloadError', () => void renewIfReachable(entry))
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  // A browser that forbids it leaves a page that needs its server to open.
  const register = () => void navigator.serviceWorker.register('/worker.js').catch(() => {})
  if (document.readyState === 'complete') register()
  else addEventListener('load', register, { once: true })
}

/** Without a server there is nothing newer to load, perhaps nothing at all. */
async function renewIfReachable(entry: string): Promise<void> {
  const answer = await fetch('/', { method: 'HEAD', cache: 'no-store' }).catch(() => undefined)
  if (answer?.ok) renewPage(entry)
}

/**
 * Loads the page anew for the reason `why`, once nobody is writing in it. Only once for each
 * reason: what is between here and the server may go on giving out the old page.
 */
export function renewPage(why: string): void {
  const tryNow = () => {
    if (isWriting()) return
    document.removeEventListener('visibilitychange', tryNow)
    document.removeEventListener('focusout', soon)
    renew(why)
  }
  const soon = () => void setTimeout(tryNow)
  document.addEventListener('visibilitychange', tryNow)
  document.addEventListener('focusout', soon)
  tryNow()
}

function isWriting(): boolean {
  const field = document.activeElement
  if (document.visibilityState === 'hidden' || !field?.matches(FIELDS)) return false
  return 'value' in field ? field.value !== '' : field.textContent !== ''
}

function renew(why: string): void {
  try {
    if (sessionStorage.getItem(REMEMBERED) === why) return
    sessionStorage.setItem(REMEMBERED, why)
  } catch {
    // Without a memory it could go round for ever.
    return
  }
  location.reload()
}
