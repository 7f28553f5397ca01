import { Plus } from 'lucide-react'
import { t } from '../../../i18n'
import { Button } from '../../../ui/Button'
import type { Draft } from './useDraft'

interface Props<T> {
  draft: Draft<T>
  locked: boolean
  /** What the button says that adds one. */
  add: string
  isFull: boolean
  onAdd: () => void
  /** Why it may not be saved; null if it may. */
  fault: string | null
}

/** Below a list that is changed as a whole: adds one, saves, and says why not. */
export function DraftFoot<T>({ draft, locked, add, isFull, onAdd, fault }: Props<T>) {
  const problem = draft.error ?? (draft.isChanged ? fault : null)
  return (
    <>
      {!locked && (
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <Button icon={<Plus size={14} aria-hidden />} disabled={isFull} onClick={onAdd}>
            {add}
          </Button>
          <span className="flex-1" />
          {draft.isChanged && (
            <>
              <Button variant="ghost" onClick={draft.cancel}>
                {t('common.cancel')}
              </Button>
              <Button variant="primary" disabled={fault !== null} onClick={draft.save}>
                {t('common.save')}
              </Button>
            </>
          )}
        </div>
      )}
      {problem && (
        <p role="alert" className="mt-2 text-sm text-urgent">
          {problem}
        </p>
      )}
    </>
  )
}
