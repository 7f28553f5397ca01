// What a rule would erase now, in numbers, and the question whether it shall.

import { Hash, Lock } from 'lucide-react'
import { useEffect, useState } from 'react'
import { t } from '../../../i18n'
import { failureText } from '../../../model/pending'
import { previewRetention, setRetention } from '../../../model/retention'
import type { ErasureCount, ErasurePreview, RetentionWish } from '../../../protocol'
import { Button } from '../../../ui/Button'
import { Confirm } from '../../../ui/Dialog'
import { Skeleton } from '../../../ui/Skeleton'
import { toast } from '../../../ui/Toast'
import { FormError } from '../../account/person'

interface Props {
  wish: RetentionWish
  onDone(): void
  onCancel(): void
}

export function Preview({ wish, onDone, onCancel }: Props) {
  const [preview, setPreview] = useState<ErasurePreview>()
  const [failure, setFailure] = useState('')
  const [asking, setAsking] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another rule is another preview
  useEffect(() => {
    let here = true
    previewRetention(wish).then(
      (next) => here && setPreview(next),
      (error: Error) => here && setFailure(failureText(error)),
    )
    return () => {
      here = false
    }
  }, [JSON.stringify(wish)])
  if (failure) return <FormError text={failure} />
  if (!preview) return <Skeleton className="mt-4 h-40" />
  const { messages, files } = preview.erases
  const save = async () => {
    try {
      await setRetention(wish, preview)
      toast({ title: t('retention.on') })
      onDone()
      onCancel()
    } catch (error) {
      toast({ title: failureText(error as Error), kind: 'error' })
    }
  }
  return (
    <section aria-label={t('retention.preview_title')} className="mt-4 rounded-md border p-4">
      <h3 className="font-medium">{t('retention.preview_title')}</h3>
      <Kinds preview={preview} />
      <Channels preview={preview} />
      <p className="mt-3 text-faint text-sm">{t('retention.stays')}</p>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button variant="danger" onClick={() => setAsking(true)}>
          {messages + files > 0 ? t('retention.erase') : t('retention.turn_on')}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={
          messages + files > 0
            ? t('retention.ask', { what: sum(preview.erases) })
            : t('retention.ask_later')
        }
        description={t('retention.ask_hint')}
        action={messages + files > 0 ? t('retention.erase') : t('retention.turn_on')}
        danger
        onConfirm={() => void save()}
      />
    </section>
  )
}

/** `12 messages and 3 files` */
function sum({ messages, files }: ErasureCount): string {
  return [
    t('retention.messages', { count: messages }),
    ...(files > 0 ? [t('retention.files_count', { count: files })] : []),
  ].join(t('retention.and'))
}

function Kinds({ preview }: { preview: ErasurePreview }) {
  const kinds: [string, ErasureCount][] = [
    [t('retention.public'), preview.public],
    [t('retention.private'), preview.private],
    [t('retention.direct'), preview.direct],
  ]
  return (
    <table className="mt-2 w-full">
      <thead className="text-faint text-sm">
        <tr>
          <th scope="col" className="py-1 text-left font-normal">
            <span className="sr-only">{t('retention.where')}</span>
          </th>
          <th scope="col" className="py-1 text-right font-normal">
            {t('admin.limits_messages')}
          </th>
          <th scope="col" className="py-1 pl-4 text-right font-normal">
            {t('admin.limits_files')}
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {kinds.map(([name, { messages, files }]) => (
          <tr key={name}>
            <th scope="row" className="py-1.5 text-left font-normal">
              {name}
            </th>
            <Amount count={messages} />
            <Amount count={files} />
          </tr>
        ))}
        <tr className="font-medium">
          <th scope="row" className="py-1.5 text-left font-medium">
            {t('retention.sum')}
          </th>
          <Amount count={preview.erases.messages} />
          <Amount count={preview.erases.files} />
        </tr>
      </tbody>
    </table>
  )
}

function Amount({ count }: { count: number }) {
  return <td className="py-1.5 pl-4 text-right tabular-nums">{count.toLocaleString()}</td>
}

function Channels({ preview: { channels, other_channels: others } }: { preview: ErasurePreview }) {
  if (channels.length === 0 && others === 0) return null
  return (
    <>
      <h4 className="mt-4 font-medium">{t('retention.channels')}</h4>
      <ul className="mt-1">
        {channels.map(({ channel, messages, files }) => {
          const Mark = channel.kind === 'private' ? Lock : Hash
          return (
            <li key={channel.id} className="flex items-center gap-1.5 py-1">
              <Mark size={14} aria-hidden className="shrink-0 text-faint" />
              <span className="min-w-0 flex-1 truncate">{channel.name}</span>
              <span className="shrink-0 text-faint text-sm">{sum({ messages, files })}</span>
            </li>
          )
        })}
        {others > 0 && (
          <li className="py-1 text-faint">{t('retention.other_channels', { count: others })}</li>
        )}
      </ul>
    </>
  )
}
