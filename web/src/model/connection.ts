// The connection, as the reader should know it.

import { client } from '../sync/client'
import { useWatch } from './watch'

export interface Connection {
  state: 'online' | 'connecting' | 'offline'
  /** Commands that wait to be sent or confirmed. */
  pending: number
  /** The server speaks another version: the page must be loaded anew. */
  outdated: boolean
}

export function useConnection(): Connection {
  return useWatch('connection', () => client.connection())
}
