// The dialogs about channels that open from anywhere: new channel, browse, new conversation, poll.

import { openDialog, useDialog, useDialogProps } from '../../app/dialog'
import { BrowseChannels } from './channel/BrowseChannels'
import { CreateChannel } from './channel/CreateChannel'
import { NewDirect } from './channel/NewDirect'
import { PollDialog } from './composer/PollDialog'

/** Draws whichever of them `useDialog` names. */
export function ChannelDialogs() {
  const create = useDialogProps('create-channel')
  const browse = useDialogProps('browse-channels')
  const direct = useDialogProps('new-direct')
  const dialog = useDialog()
  return (
    <>
      <CreateChannel {...create} />
      <BrowseChannels {...browse} onCreate={() => openDialog('create-channel')} />
      <NewDirect {...direct} />
      {dialog?.name === 'poll' && dialog.about && <PollDialog home={dialog.about} />}
    </>
  )
}
