// What else can be done with a file: a link for programs that cannot sign in.

import { Check, Ellipsis, Link } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../i18n'
import { makeFileLink } from '../../../model/file'
import { failureText } from '../../../model/pending'
import { usePolicy } from '../../../model/policy'
import type { File as Carried } from '../../../protocol'
import { IconButton } from '../../../ui/Button'
import { Menu, MenuItem } from '../../../ui/Menu'
import { toast } from '../../../ui/Toast'

/** Nothing where the administrators switched links off. */
export function FileMenu({ file }: { file: Carried }) {
  const { file_links: mayLink = true } = usePolicy()
  if (!mayLink) return null
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={t('file.more_of', { name: file.name })}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<Link size={16} />} onClick={() => void copyLink(file.id)}>
        {t('file.copy_link')}
      </MenuItem>
    </Menu>
  )
}

/** The same where there is no room for a menu; says itself how it went. */
export function FileLinkButton({ file }: { file: Carried }) {
  const { file_links: mayLink = true } = usePolicy()
  const [copied, setCopied] = useState('')
  if (!mayLink) return null
  const isCopied = copied === file.id
  const copy = async () => {
    if (await copyLink(file.id)) setCopied(file.id)
  }
  return (
    <>
      <IconButton label={t('file.copy_link')} onClick={() => void copy()}>
        {isCopied ? <Check size={16} aria-hidden /> : <Link size={16} aria-hidden />}
      </IconButton>
      <span role="status" className="sr-only">
        {isCopied && t('file.link_copied')}
      </span>
    </>
  )
}

async function copyLink(id: string): Promise<boolean> {
  try {
    const link = makeFileLink(id)
    await write(link)
    toast({ title: t('file.link_copied') })
    return true
  } catch (error) {
    const title =
      error instanceof DOMException ? t('chat.copy_failed') : failureText(error as Error)
    toast({ title, kind: 'error' })
    return false
  }
}

/** Safari writes only while a click is handled; what is to be written may come later. */
async function write(link: Promise<string>) {
  if (typeof ClipboardItem === 'undefined') return navigator.clipboard.writeText(await link)
  const text = link.then((href) => new Blob([href], { type: 'text/plain' }))
  // Why there is none is told rather than that nothing was copied.
  await Promise.all([link, navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })])])
}
