// Installing the UI as an app of the device: what the browser offers, and whether it is one
// already. Screens see it through `useInstall`.

import { useSyncExternalStore } from 'react'

/** Chromium's offer, see https://developer.mozilla.org/docs/Web/API/BeforeInstallPromptEvent. */
interface Offer extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>
}

/**
 * `offered`: `install` asks; `installed`: this window is the app, or it was just installed;
 * `share`: on Apple's phones the reader does it in the menu; `menu`: elsewhere in the browser's
 * own menu; `plain`: not over plain HTTP.
 */
export type Installing = 'offered' | 'installed' | 'share' | 'menu' | 'plain'

let offer: Offer | undefined
let isInstalled = false
const listeners = new Set<() => void>()

function tell(): void {
  for (const listener of listeners) listener()
}

/** Listens from the start: the browser offers once, early. Called by main. */
export function startInstall(): void {
  addEventListener('beforeinstallprompt', (event) => {
    // The offer stands in the settings, instead of over the page.
    event.preventDefault()
    offer = event as Offer
    tell()
  })
  addEventListener('appinstalled', () => {
    offer = undefined
    isInstalled = true
    tell()
  })
}

/** Asks the reader, in the browser's words. */
export async function install(): Promise<void> {
  const asked = offer
  // It can be asked once only.
  offer = undefined
  tell()
  await asked?.prompt()
}

export function useInstall(): Installing {
  return useSyncExternalStore(subscribe, installing)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function installing(): Installing {
  if (isInstalled || matchMedia('(display-mode: standalone)').matches) return 'installed'
  if (offer) return 'offered'
  if (!isSecureContext) return 'plain'
  const isApple = /iPhone|iPad/.test(navigator.userAgent) || isPad()
  return isApple ? 'share' : 'menu'
}

/** An iPad calls itself a Mac. */
function isPad(): boolean {
  return /Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1
}
