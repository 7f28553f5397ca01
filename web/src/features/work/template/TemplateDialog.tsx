// One template: its name, and what a new task gets of it. Nothing is sent until saved.

import { useState } from 'react'
import { errorText, t } from '../../../i18n'
import { discard, Refused } from '../../../model/pending'
import { changeTemplates, useTemplates } from '../../../model/template'
import type { Project, TaskTemplate } from '../../../protocol'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { Field, Input, Textarea } from '../../../ui/Field'
import { TITLE_CHARS_MAX } from '../board/QuickAdd'
import { nameFault, trimmed } from '../logic/templates'
import { MissingNote } from './MissingNote'
import { TemplateChecklist } from './TemplateChecklist'
import { TemplateChoices } from './TemplateChoices'
import { TemplateNumbers } from './TemplateNumbers'
import { TemplateValues } from './TemplateValues'

/** Limit: characters of a template's name. */
const NAME_CHARS_MAX = 80

interface Props {
  project: Project
  /** What it begins as: one of the project's, or one that is new. */
  template: TaskTemplate
  title: string
  onClose: () => void
  onSaved?: () => void
}

/** Mount it to open it. */
export function TemplateDialog({ project, template: first, title, onClose, onSaved }: Props) {
  const [template, setTemplate] = useState(first)
  const [areNumbers, setNumbers] = useState(true)
  const saving = useSaving(project, onSaved, onClose)
  const others = saving.templates?.filter((one) => one.id !== first.id)
  const fault = others ? nameFault(template.name, others) : null
  const set = (changes: Partial<TaskTemplate>) => setTemplate({ ...template, ...changes })
  const save = () => {
    if (others && !fault && areNumbers) saving.save(trimmed(template, template.checklist ?? []))
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      width="md"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            variant="primary"
            disabled={!others || fault !== null || !areNumbers || saving.isUnderway}
            onClick={save}
          >
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <MissingNote project={project} template={template} onChange={setTemplate} />
        <Field
          label={t('work.template_name')}
          error={fault === 'same_name' ? t('work.templates_same_name') : undefined}
        >
          <Input
            value={template.name}
            maxLength={NAME_CHARS_MAX}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <Field label={t('work.title')} optional hint={t('work.template_title_hint')}>
          <Input
            value={template.title ?? ''}
            maxLength={TITLE_CHARS_MAX}
            onChange={(event) => set({ title: event.target.value })}
          />
        </Field>
        <Field label={t('work.description')} optional>
          <Textarea
            value={template.description ?? ''}
            className="field-sizing-content max-h-60 min-h-20"
            onChange={(event) => set({ description: event.target.value })}
          />
        </Field>
        <TemplateChoices project={project} template={template} onChange={set} />
        <TemplateNumbers template={template} onChange={set} onValid={setNumbers} />
        <TemplateChecklist
          items={template.checklist ?? []}
          onChange={(checklist) => set({ checklist })}
        />
        <TemplateValues project={project} template={template} onChange={set} />
        {saving.error && (
          <p role="alert" className="text-sm text-urgent">
            {saving.error}
          </p>
        )}
      </div>
    </Dialog>
  )
}

/** Puts a template into the list, in its place or at the end. */
function useSaving(project: Project, onSaved: (() => void) | undefined, onClose: () => void) {
  const templates = useTemplates(project)
  const [isUnderway, setUnderway] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const save = (template: TaskTemplate) => {
    const all = templates ?? []
    const isNew = all.every((one) => one.id !== template.id)
    const next = isNew
      ? [...all, template]
      : all.map((one) => (one.id === template.id ? template : one))
    setUnderway(true)
    setError(null)
    const sent = changeTemplates(project.id, next)
    sent.settled.then(
      () => {
        onSaved?.()
        onClose()
      },
      (failure: unknown) => {
        setUnderway(false)
        if (!(failure instanceof Refused)) return
        discard(sent.requestId)
        setError(errorText(failure.failure.code))
      },
    )
  }
  return { templates, isUnderway, error, save }
}
