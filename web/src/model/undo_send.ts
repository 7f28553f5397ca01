// Taking back what one has just sent, while it is still held on this device: its words and files
// return to the composer that they came from.

import { client } from '../sync/client'
import { knownFile } from '../sync/file'
import { homeOf } from '../sync/topic'
import { reattach } from './upload'

/** What one can choose, seconds. */
export const UNDO_SEND_CHOICES = [0, 5, 10] as const

/** Whether it was there to be taken back. */
export function takeBack(requestId: string): boolean {
  const command = client.takeBack(requestId)
  if (command?.type !== 'post_message') return false
  const home = homeOf(command)
  // What was typed since then stays behind it.
  const texts = [command.text ?? '', client.drafts.get(home)]
  client.drafts.set(home, texts.filter((text) => text !== '').join('\n'))
  reattach(home, (command.files ?? []).map(knownFile))
  return true
}

/** Takes back what was sent last in a conversation; whether there was something. */
export function takeBackLast(home: string): boolean {
  const last = client.held().findLast(({ command }) => {
    return command.type === 'post_message' && homeOf(command) === home
  })
  return last !== undefined && takeBack(last.requestId)
}
