// The templates of a project's tasks: add, edit, order, remove. Each change is saved at once.

import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../i18n'
import { discard, failureText, Refused } from '../../../model/pending'
import { typeBy } from '../../../model/task_type'
import { changeTemplates, useTemplates } from '../../../model/template'
import type { Project, TaskTemplate } from '../../../protocol'
import { Button, IconButton } from '../../../ui/Button'
import { Confirm } from '../../../ui/Dialog'
import { toast } from '../../../ui/Toast'
import { newFieldId } from '../logic/fields'
import { placeBeside, shift } from '../logic/order'
import { isMissing, missingOf, TEMPLATES_MAX } from '../logic/templates'
import { TemplateDialog } from '../template/TemplateDialog'
import { usePresence } from '../template/usePresence'
import { TypeIconMark } from '../type'
import type { Edge } from '../useOrder'
import { OrderedLine } from './OrderedLine'

export function TemplateEditor({ project, locked }: { project: Project; locked: boolean }) {
  const templates = useTemplates(project)
  const [edited, setEdited] = useState<TaskTemplate | null>(null)
  const [removed, setRemoved] = useState<TaskTemplate | null>(null)
  const all = templates ?? []
  const isNew = !all.some(({ id }) => id === edited?.id)
  const change = (next: readonly TaskTemplate[]) => send(project, next)
  return (
    <section aria-label={t('work.templates')}>
      <h2 className="font-semibold text-lg">{t('work.templates')}</h2>
      <p className="mt-1 text-soft text-sm">{t('work.templates_hint')}</p>
      {all.length > 0 && (
        <ul className="mt-3 rounded-lg border border-line">
          {all.map((template) => (
            <Line
              key={template.id}
              template={template}
              project={project}
              locked={locked}
              onEdit={() => setEdited(template)}
              onShift={(by) => change(shift(all, template.id, by))}
              onPlace={(id, edge) => change(placeBeside(all, id, template.id, edge))}
              onRemove={() => setRemoved(template)}
            />
          ))}
        </ul>
      )}
      {!locked && (
        <Button
          className="mt-3"
          icon={<Plus size={14} aria-hidden />}
          disabled={!templates || all.length >= TEMPLATES_MAX}
          onClick={() => setEdited({ id: newFieldId(), name: '' })}
        >
          {t('work.template_add')}
        </Button>
      )}
      {edited && (
        <TemplateDialog
          project={project}
          template={edited}
          title={t(isNew ? 'work.template_new' : 'work.template_edit')}
          onClose={() => setEdited(null)}
        />
      )}
      <Confirm
        open={removed !== null}
        onOpenChange={(open) => !open && setRemoved(null)}
        title={t('work.template_remove_title', { template: removed?.name ?? '' })}
        description={t('work.template_remove_hint')}
        action={t('work.template_remove_do')}
        danger
        onConfirm={() => change(all.filter(({ id }) => id !== removed?.id))}
      />
    </section>
  )
}

function send(project: Project, templates: readonly TaskTemplate[]) {
  const sent = changeTemplates(project.id, templates)
  sent.settled.catch((failure: Error) => {
    if (failure instanceof Refused) discard(sent.requestId)
    toast({ title: failureText(failure), kind: 'error' })
  })
}

interface LineProps {
  template: TaskTemplate
  project: Project
  locked: boolean
  onEdit: () => void
  onShift: (by: number) => void
  onPlace: (template: string, edge: Edge) => void
  onRemove: () => void
}

function Line({ template, project, locked, onEdit, onShift, onPlace, onRemove }: LineProps) {
  const { id, name, title, type } = template
  const isThere = usePresence(project)
  return (
    <OrderedLine
      kind="template"
      id={id}
      label={t('work.template_order', { template: name })}
      locked={locked}
      onShift={onShift}
      onPlace={onPlace}
    >
      <TypeIconMark type={typeBy(project, type ?? project.types?.[0]?.id)} size={16} />
      <span className="min-w-0 flex-1 truncate">
        {name}
        {title && <span className="ml-2 text-faint text-sm">{title}</span>}
      </span>
      {isMissing(missingOf(template, project, isThere)) && (
        <span className="shrink-0 text-blocked text-xs">{t('work.template_incomplete')}</span>
      )}
      {!locked && (
        <>
          <IconButton
            size="sm"
            label={t('work.template_edit_named', { template: name })}
            onClick={onEdit}
          >
            <Pencil size={14} aria-hidden />
          </IconButton>
          <IconButton
            size="sm"
            label={t('work.template_remove', { template: name })}
            onClick={onRemove}
          >
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </>
      )}
    </OrderedLine>
  )
}
