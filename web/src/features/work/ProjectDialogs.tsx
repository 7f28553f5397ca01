// The windows of projects and tasks that are opened from anywhere; the frame mounts it once.

import { useLocation } from '@tanstack/react-router'
import { useDialog, useDialogProps } from '../../app/dialog'
import { useChannel } from '../../model/channel'
import { useProject } from '../../model/project'
import { CreateProject } from './project/CreateProject'
import { NewTask } from './project/NewTask'
import { StarterDialog } from './project/StarterDialog'

export function ProjectDialogs() {
  const about = useDialog()?.about
  const here = useProjectHere()
  const task = useDialogProps('new-task')
  const project = useDialogProps('create-project')
  return (
    <>
      <NewTask {...task} project={about ?? here} />
      <CreateProject {...project} />
      <StarterDialog />
    </>
  )
}

/** The project that one is looking at: its own page, or that of a channel bound to it. */
function useProjectHere(): string | undefined {
  const pathname = useLocation({ select: (location) => location.pathname })
  const [, kind, name] = pathname.split('/')
  const shown = useProject(kind === 'p' ? name : undefined)
  const channel = useChannel(kind === 'c' ? name : undefined)
  return shown?.id ?? channel?.project ?? undefined
}
