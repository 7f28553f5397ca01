// Which types of files are taken: all but some, or some alone. Saved as a whole; what was typed
// stays until then.

import { type FormEvent, useState } from 'react'
import { t } from '../../i18n'
import { failureText, Refused } from '../../model/pending'
import { changePolicy, usePolicy } from '../../model/policy'
import type { FileTypes } from '../../protocol'
import { Button } from '../../ui/Button'
import { Field, Textarea } from '../../ui/Field'
import { Select } from '../../ui/Select'
import { toast } from '../../ui/Toast'
import { Part } from './Part'

const NONE: FileTypes = { rule: 'except', types: [] }

export function FileTypesPart() {
  const { file_types: kept = NONE } = usePolicy()
  const [rule, setRule] = useState(kept.rule)
  const [typed, setTyped] = useState(kept.types.join(', '))
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const types = typed.split(/[\s,;，；、]+/u).filter((each) => each !== '')
  const isSame = rule === kept.rule && types.join() === kept.types.join()
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const { file_types = NONE } = await changePolicy({ file_types: { rule, types } })
      setTyped(file_types.types.join(', '))
      setError(undefined)
      toast({ title: t('settings.saved') })
    } catch (failed) {
      const code = failed instanceof Refused ? failed.failure.code : 'internal'
      const isWrong = code === 'invalid' && (types.length > 0 || rule === 'except')
      const isEmpty = code === 'invalid' && !isWrong
      setError(
        isWrong
          ? t('admin.file_types_wrong')
          : isEmpty
            ? t('admin.file_types_empty')
            : failureText(failed as Error),
      )
    } finally {
      setBusy(false)
    }
  }
  return (
    <Part title={t('admin.file_types')} hint={t('admin.file_types_hint')}>
      <form noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-3">
        <Select<FileTypes['rule']>
          label={t('admin.file_types')}
          className="w-full"
          value={rule}
          onChange={setRule}
          options={[
            { value: 'except', label: t('admin.file_types_except') },
            { value: 'only', label: t('admin.file_types_only') },
          ]}
        />
        <Field label={t('admin.file_types_list')} error={error}>
          <Textarea
            rows={3}
            value={typed}
            placeholder="exe, bat, scr, video/*"
            autoCapitalize="none"
            spellCheck={false}
            onChange={({ target }) => {
              setTyped(target.value)
              setError(undefined)
            }}
          />
        </Field>
        <div>
          <Button type="submit" variant="primary" disabled={busy || isSame}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Part>
  )
}
