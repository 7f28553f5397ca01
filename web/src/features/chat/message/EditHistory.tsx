// What a message said before it was edited, newest first.

import { t } from '../../../i18n'
import { formatWhen } from '../../../i18n/format'
import { type LocalMessage, useMessage } from '../../../model/message'
import { Dialog } from '../../../ui/Dialog'
import { Markdown } from '../../../ui/markdown/Markdown'

export function EditHistory(props: { message: LocalMessage; onClose(): void }) {
  const message = useMessage(props.message.id) ?? props.message
  const edits = message.edits ?? []
  const versions = [
    ...edits.map((edit) => ({ text: edit.text, at: edit.at })),
    { text: message.text, at: message.edited_at ?? message.at },
  ].reverse()
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={t('chat.history_title')}
      width="md"
    >
      <ol className="flex flex-col">
        {versions.map((version, index) => (
          <li key={`${version.at} ${index}`} className="border-t py-3 first:border-t-0">
            <p className="mb-1 text-faint text-xs">
              {index === 0 ? t('chat.history_now') : formatWhen(version.at)}
            </p>
            <Markdown text={version.text} />
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
