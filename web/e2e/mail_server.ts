// A mail server of a story: takes what it is sent, or refuses who it is for.

import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

export interface MailServer {
  /** What the server is told of it. */
  options: string[]
  /** As they came, headers and all. */
  mails: string[]
  /** Says no to every address from now on. */
  refuse: boolean
  close(): void
}

export async function playMailServer(): Promise<MailServer> {
  const mails: string[] = []
  const server: Server = createServer((socket) => void talk(socket, played))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve))
  const { port } = server.address() as AddressInfo
  const played: MailServer = {
    options: [
      ...['--smtp-url', `smtp://127.0.0.2:${port}?tls=none`],
      ...['--mail-from', 'Tenon <tenon@example.com>'],
      ...['--public-url', 'http://tenon.example.com'],
    ],
    mails,
    refuse: false,
    close: () => void server.close(),
  }
  return played
}

async function talk(socket: Socket, played: MailServer): Promise<void> {
  socket.on('error', () => undefined)
  const say = (line: string) => socket.write(`${line}\r\n`)
  let mail: string[] | undefined
  say('220 mail.example.com ESMTP')
  for await (const line of createInterface({ input: socket })) {
    if (mail && line !== '.') mail.push(line)
    else if (mail) {
      played.mails.push(mail.join('\n'))
      mail = undefined
      say('250 taken')
    } else if (line.startsWith('EHLO')) say('250-mail.example.com\r\n250 8BITMIME')
    else if (line.startsWith('RCPT') && played.refuse) say('550 5.1.1 no such mailbox')
    else if (line.startsWith('DATA')) {
      mail = []
      say('354 go on')
    } else if (line.startsWith('QUIT')) {
      say('221 bye')
      socket.end()
    } else say('250 ok')
  }
}
