// The windows of projects and tasks that are opened from anywhere; the frame mounts it once.

import { useDialog, useDialogProps } from '../../app/dialog'
import { CreateProject } from './project/CreateProject'
import { NewTask } from './project/NewTask'

export function ProjectDialogs() {
  const about = useDialog()?.about
  const task = useDialogProps('new-task')
  const project = useDialogProps('create-project')
  return (
    <>
      <NewTask {...task} project={about} />
      <CreateProject {...project} />
    </>
  )
}
