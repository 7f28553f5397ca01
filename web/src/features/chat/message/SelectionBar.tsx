// While messages are being selected: how many there are and what can be done with them, in the
// composer's place. The composer stays below it, so that nothing that was typed is lost.

import { ListTodo } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { t } from '../../../i18n'
import { Button } from '../../../ui/Button'
import { Kbd } from '../../../ui/Kbd'
import { useActions } from './actions'
import { rowKey } from './key'

/** Around the composer. */
export function BelowSelection({ children }: { children: ReactNode }) {
  const selecting = useActions().selection.size > 0
  return (
    <div className="relative">
      <div inert={selecting}>{children}</div>
      {selecting && <SelectionBar />}
    </div>
  )
}

function SelectionBar() {
  const { selection, makeTaskOfSelection, clearSelection } = useActions()
  const bar = useRef<HTMLDivElement>(null)
  const make = () => bar.current && makeTaskOfSelection(bar.current)
  useSelectionKeys({ task: make, leave: clearSelection })
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={t('chat.selection')}
      className="absolute inset-0 z-10 flex flex-wrap content-center items-center gap-2 bg-canvas"
    >
      <output className="min-w-0 flex-1 truncate px-1">
        <span className="font-medium">{t('chat.selected', { count: selection.size })}</span>
        <span className="ml-2 text-faint text-sm max-lg:hidden">{t('chat.selection_hint')}</span>
      </output>
      <Button onClick={clearSelection}>
        {t('common.cancel')}
        <span className="finger:hidden">
          <Kbd keys="Esc" />
        </span>
      </Button>
      <Button
        variant="primary"
        icon={<ListTodo size={16} aria-hidden />}
        aria-keyshortcuts="T"
        onClick={make}
      >
        {t('chat.make_one_task')}
      </Button>
    </div>
  )
}

/** Keys that no message, field or window has taken. */
function useSelectionKeys(handlers: { task(): void; leave(): void }) {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null
      if (event.defaultPrevented || event.isComposing) return
      if (target?.closest('input, textarea, [role=dialog], [role=menu]')) return
      const key = rowKey(event)
      if (key !== 'task' && key !== 'leave') return
      event.preventDefault()
      latest.current[key]()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
