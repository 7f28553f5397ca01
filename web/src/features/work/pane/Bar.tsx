// How much of something is done, beside the words that say so.

export function Bar({ share }: { share: number }) {
  return (
    <span aria-hidden className="h-1 w-16 overflow-hidden rounded-full bg-active">
      <span className="block h-full bg-done" style={{ width: `${share * 100}%` }} />
    </span>
  )
}
