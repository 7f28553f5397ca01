// The dialogs about channels that open from anywhere: new channel, browse, new conversation.

import { openDialog, useDialogProps } from '../../app/dialog'
import { BrowseChannels } from './channel/BrowseChannels'
import { CreateChannel } from './channel/CreateChannel'
import { NewDirect } from './channel/NewDirect'

/** Draws whichever of them `useDialog` names. */
export function ChannelDialogs() {
  const create = useDialogProps('create-channel')
  const browse = useDialogProps('browse-channels')
  const direct = useDialogProps('new-direct')
  return (
    <>
      <CreateChannel {...create} />
      <BrowseChannels {...browse} onCreate={() => openDialog('create-channel')} />
      <NewDirect {...direct} />
    </>
  )
}
