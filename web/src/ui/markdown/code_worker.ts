// The worker that finds the colours of code: a chunk of its own with the grammars. Started, asked
// and ended by `code.ts` alone; it answers each question once, in order.

import { highlight } from './highlight'

self.onmessage = ({ data }: MessageEvent<{ text: string; language: string }>) => {
  self.postMessage(highlight(data.text, data.language))
}
// What is asked for earlier waits: the time that a text may take begins here.
self.postMessage('ready')
