// Keys of a shortcut as this machine writes them: `Mod+K` is ⌘K or Ctrl K.

const apple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)
const symbols: Record<string, string> = apple
  ? { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩' }
  : { Mod: 'Ctrl', Enter: '↵' }

/** The text of a shortcut: `Mod+K` -> `⌘K`. Sequences are written with a space: `G I`. */
export function shortcutText(keys: string): string {
  return keys
    .split(' ')
    .map((chord) =>
      chord
        .split('+')
        .map((key) => symbols[key] ?? key)
        .join(apple ? '' : '+'),
    )
    .join(' ')
}

export function Kbd({ keys }: { keys: string }) {
  return (
    <kbd className="rounded-sm border border-line bg-sunken px-1 font-sans text-2xs text-faint">
      {shortcutText(keys)}
    </kbd>
  )
}
