// A hint beside what the pointer or the focus rests on. Never the only place of a fact. An element
// only names its hint; one layer draws all of them (parts/tips.tsx), so that hints cost nothing.

export type TipSide = 'top' | 'bottom' | 'left' | 'right'

interface TipOptions {
  /** Shown beside the text, as `Mod+K`. */
  shortcut?: string | undefined
  side?: TipSide
}

/** Props of an element that has a hint: `<button {...tip(t('chat.react'))}>`. */
export function tip(text: string, { shortcut, side }: TipOptions = {}) {
  return { 'data-tip': text, 'data-tip-keys': shortcut, 'data-tip-side': side }
}
