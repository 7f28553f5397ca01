// A channel named in a text that its reader may see: leads there.

import type { MouseEvent } from 'react'
import { channelHref, openChannel } from '../../app/place'

interface Props {
  channel: string
  /** As it was written, `#launch`. */
  text: string
}

export function ChannelChip({ channel, text }: Props) {
  const press = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    openChannel(channel)
  }
  return (
    <a href={channelHref(channel)} className="mention" onClick={press}>
      {text}
    </a>
  )
}
