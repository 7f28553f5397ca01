// The description: read as Markdown, written as Markdown with a preview. What somebody else wrote
// meanwhile is never overwritten: the save names the text it began from, and a conflict shows both.

import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../i18n'
import { discard, Refused } from '../../../model/pending'
import { updateTask } from '../../../model/task'
import type { Task } from '../../../protocol'
import { Button, IconButton } from '../../../ui/Button'
import { Markdown } from '../../../ui/markdown/Markdown'
import { Tabs } from '../../../ui/Tabs'
import { toast } from '../../../ui/Toast'
import { useTyped } from '../useTyped'

/** Limit: bytes of a description. */
const DESCRIPTION_BYTES_MAX = 64 * 1024

interface Editing {
  /** The description that the writer began from. */
  from: string
  /** It is not that any more. */
  conflict: boolean
}

export function Description({ task, locked }: { task: Task; locked: boolean }) {
  const description = task.description ?? ''
  const [draft, setDraft] = useTyped(`description:${task.id}`)
  const [editing, setEditing] = useState<Editing | null>(null)
  const save = (text: string, from: string) => {
    setEditing(null)
    setDraft('')
    if (text === description && !editing?.conflict) return
    const sent = updateTask(task.id, { description: text, description_from: from })
    sent.settled.catch((error: unknown) => {
      if (!(error instanceof Refused) || error.failure.code !== 'conflict') return
      discard(sent.requestId)
      setDraft(text)
      setEditing({ from, conflict: true })
      toast({ title: t('work.description_conflict'), kind: 'error' })
    })
  }
  if (editing)
    return (
      <Editor
        text={draft}
        onText={setDraft}
        theirs={editing.conflict || editing.from !== description ? description : null}
        onSave={(text) => save(text, editing.from)}
        onReplace={(text) => save(text, description)}
        onLeave={() => {
          if (draft === editing.from) setDraft('')
          setEditing(null)
        }}
        onCancel={() => {
          setDraft('')
          setEditing(null)
        }}
      />
    )
  const edit = () => {
    if (draft === '') setDraft(description)
    setEditing({ from: description, conflict: false })
  }
  if (locked) return description === '' ? null : <Markdown text={description} />
  return <Reading description={description} unsaved={draft !== ''} onEdit={edit} />
}

interface ReadingProps {
  description: string
  unsaved: boolean
  onEdit: () => void
}

function Reading({ description, unsaved, onEdit }: ReadingProps) {
  if (description === '')
    return (
      <button
        type="button"
        className="-mx-2 my-2 block w-[calc(100%+16px)] rounded-md px-2 py-2 text-left text-faint
          hover:bg-hover"
        onClick={onEdit}
      >
        {unsaved ? t('work.description_unsaved') : t('work.description_add')}
      </button>
    )
  return (
    <div className="group relative -mx-2 my-2 rounded-md px-2 py-2 finger:pr-14">
      <Markdown text={description} />
      <IconButton
        label={t('work.description_edit')}
        size="sm"
        variant="secondary"
        className="absolute top-1 right-2 opacity-0 group-focus-within:opacity-100
          group-hover:opacity-100 finger:opacity-100"
        onClick={onEdit}
      >
        <Pencil size={14} aria-hidden />
      </IconButton>
      {unsaved && (
        <button type="button" className="mt-2 text-sm text-accent-ink" onClick={onEdit}>
          {t('work.description_unsaved')}
        </button>
      )}
    </div>
  )
}

type Face = 'write' | 'preview'

interface EditorProps {
  text: string
  onText: (text: string) => void
  /** The other text there is now, if it changed since the writer began. */
  theirs: string | null
  onSave: (text: string) => void
  /** Saves over the other text, knowingly. */
  onReplace: (text: string) => void
  /** Closes and keeps what was typed. */
  onLeave: () => void
  onCancel: () => void
}

function Editor(props: EditorProps) {
  const { text, onText, theirs, onSave, onReplace, onLeave, onCancel } = props
  const [face, setFace] = useState<Face>('write')
  const tooLong = new TextEncoder().encode(text).length > DESCRIPTION_BYTES_MAX
  const save = () => !tooLong && (theirs === null ? onSave(text) : onReplace(text))
  return (
    <div className="my-3 rounded-md border border-line-strong focus-within:border-accent">
      {theirs !== null && <Theirs text={theirs} onTake={onCancel} />}
      <div className="flex h-9 items-center border-b border-line px-1.5">
        <Tabs<Face>
          label={t('work.description')}
          value={face}
          onChange={setFace}
          tabs={[
            { value: 'write', label: t('work.write') },
            { value: 'preview', label: t('work.preview') },
          ]}
        />
      </div>
      {face === 'write' ? (
        <textarea
          // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked for it
          autoFocus
          value={text}
          aria-label={t('work.description')}
          placeholder={t('work.description_hint')}
          className="field-sizing-content block max-h-[50vh] min-h-32 w-full resize-none
            bg-transparent p-3 outline-none"
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing || event.keyCode === 229) return
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) save()
            if (event.key === 'Escape') {
              event.stopPropagation()
              onLeave()
            }
          }}
        />
      ) : (
        <div className="max-h-[50vh] min-h-32 overflow-y-auto p-3">
          {text.trim() === '' ? (
            <p className="text-faint">{t('work.preview_empty')}</p>
          ) : (
            <Markdown text={text} />
          )}
        </div>
      )}
      <footer className="flex items-center justify-end gap-2 border-t border-line p-2">
        {tooLong && <span className="flex-1 text-sm text-urgent">{t('work.too_long')}</span>}
        <Button size="sm" variant="ghost" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button size="sm" variant="primary" disabled={tooLong} onClick={save}>
          {theirs === null ? t('common.save') : t('work.description_replace')}
        </Button>
      </footer>
    </div>
  )
}

/** The text that somebody else saved while this one was written. */
function Theirs({ text, onTake }: { text: string; onTake: () => void }) {
  return (
    <div role="alert" className="rounded-t-md border-b border-line bg-blocked-soft p-3 text-sm">
      <p className="font-medium text-blocked">{t('work.description_changed')}</p>
      <div className="mt-2 max-h-40 overflow-y-auto rounded-md border border-line bg-canvas p-2">
        {text.trim() === '' ? (
          <p className="text-faint">{t('work.description_emptied')}</p>
        ) : (
          <Markdown text={text} />
        )}
      </div>
      <Button size="sm" className="mt-2" onClick={onTake}>
        {t('work.description_take')}
      </Button>
    </div>
  )
}
