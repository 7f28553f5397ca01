// An emoji as it is drawn: the character, or the picture of a custom one. A name that stands for
// none, because it was taken away or is not known yet, is shown as it is written.

import { emojiHref, useEmojiOf } from '../model/emoji'
import { cx } from './class'

interface EmojiMarkProps {
  /** `👍`, or `:name:`. */
  emoji: string
  className?: string | undefined
  /** A word beside it says the same. */
  hidden?: boolean
}

export function EmojiMark({ emoji, className, hidden }: EmojiMarkProps) {
  const custom = useEmojiOf(emoji)
  if (!custom) {
    return (
      <span className={className} aria-hidden={hidden}>
        {emoji}
      </span>
    )
  }
  const name = `:${custom.name}:`
  return (
    <picture className="contents">
      {custom.animated && (
        <source media="(prefers-reduced-motion: reduce)" srcSet={emojiHref(custom.id, true)} />
      )}
      <img
        src={emojiHref(custom.id)}
        alt={hidden ? '' : name}
        title={name}
        loading="lazy"
        draggable={false}
        className={cx('custom-emoji', className)}
      />
    </picture>
  )
}
