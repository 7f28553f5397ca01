import { errorText, t } from '../../i18n'
import { useWorkspace } from '../../model/member'
import { Refused } from '../../model/pending'
import { removeLogo, uploadLogo } from '../../model/policy'
import { WorkspaceMark } from '../../ui/WorkspaceMark'
import { PicturePart } from './PicturePart'

/** The picture of the workspace. */
export function LogoPart() {
  const { logo } = useWorkspace()
  return (
    <div className="mb-6">
      <PicturePart
        picture={<WorkspaceMark logo={logo} size={64} />}
        label={t('admin.logo')}
        change={t('admin.logo_change')}
        hint={t('admin.logo_hint')}
        onChoose={uploadLogo}
        onRemove={logo ? removeLogo : undefined}
        explain={textOf}
      />
    </div>
  )
}

function textOf(failed: unknown): string {
  const code = failed instanceof Refused ? failed.failure.code : 'internal'
  if (code === 'too_large') return t('admin.logo_too_large')
  return code === 'invalid' ? t('admin.logo_wrong') : errorText(code)
}
