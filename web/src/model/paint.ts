// Work that nobody sees waits until what one sees is on the screen.

/**
 * Runs it after the next paint, at once where nothing is painted (a hidden tab). Like an effect:
 * the result calls it off, or ends what it began.
 */
export function afterPaint(run: () => (() => void) | undefined): () => void {
  if (document.visibilityState === 'hidden') return run() ?? (() => {})
  let end: (() => void) | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(() => {
      end = run()
    })
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    end?.()
  }
}
