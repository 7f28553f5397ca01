// The template that a new task is made from, in its form: chosen, it fills what nobody has typed.
// What it filled goes with the window, what was typed stays.

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useMe } from '../../../model/member'
import { useTemplates } from '../../../model/template'
import type { Project, TaskTemplate } from '../../../protocol'
import { todayIn } from '../logic/due'
import { type Beginning, BLANK, beginningOf, refilled } from '../logic/templates'
import { TemplatePicker, TemplateRest } from './TemplatePicker'
import { usePresence } from './usePresence'

interface Choice {
  chosen: TaskTemplate | undefined
  choose: (template: TaskTemplate | undefined) => void
  /** A task was made: what the form begins with again, for another one or not. */
  made: (another: boolean) => Beginning
  /** Nothing where the project has no templates. */
  picker: ReactNode
  /** What it gives besides. */
  rest: ReactNode
}

export function useTemplateChoice(
  project: Project | undefined,
  form: Beginning,
  onFill: (form: Beginning) => void,
): Choice {
  const zone = useMe().time_zone
  const templates = useTemplates(project) ?? []
  const isThere = usePresence(project)
  const [id, setId] = useState<string>()
  const chosen = templates.find((one) => one.id === id)
  const today = todayIn(zone, new Date())
  const beginning = beginningOf(chosen, today, isThere)
  const undo = useRef<() => void>(undefined)
  useEffect(() => {
    undo.current = chosen && (() => onFill(refilled(form, beginning, BLANK)))
  })
  useEffect(() => () => undo.current?.(), [])
  const choose = (next: TaskTemplate | undefined) => {
    setId(next?.id)
    onFill(refilled(form, beginning, beginningOf(next, today, isThere)))
  }
  return {
    chosen,
    choose,
    made: (another) => {
      undo.current = undefined
      return another ? beginning : BLANK
    },
    picker: templates.length > 0 && (
      <TemplatePicker
        templates={templates}
        value={chosen}
        onChange={choose}
        className="h-7 gap-1.5 border border-line px-2 text-sm"
      />
    ),
    rest: chosen && project && <TemplateRest template={chosen} project={project} />,
  }
}
