// All texts of one language; a namespace is a file. Loaded on demand as one chunk.

import account from './account.json'
import acknowledgement from './acknowledgement.json'
import admin from './admin.json'
import chat from './chat.json'
import common from './common.json'
import draft from './draft.json'
import emoji from './emoji.json'
import errors from './errors.json'
import file from './file.json'
import inbox from './inbox.json'
import palette from './palette.json'
import people from './people.json'
import poll from './poll.json'
import quote from './quote.json'
import reader from './reader.json'
import retention from './retention.json'
import roster from './roster.json'
import search from './search.json'
import settings from './settings.json'
import shell from './shell.json'
import space from './space.json'
import starter from './starter.json'
import status from './status.json'
import thread from './thread.json'
import work from './work.json'

export default {
  account,
  acknowledgement,
  admin,
  chat,
  common,
  draft,
  emoji,
  errors,
  file,
  inbox,
  palette,
  people,
  poll,
  quote,
  reader,
  retention,
  roster,
  search,
  settings,
  shell,
  space,
  starter,
  status,
  thread,
  work,
}
