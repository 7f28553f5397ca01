// All channels as a page, where the side bar already stands beside it. The router mounts it.

import { useRef } from 'react'
import { openDialog } from '../../../app/dialog'
import { t } from '../../../i18n'
import { ChannelBrowser } from './BrowseChannels'

export function ChannelsPage() {
  const search = useRef<HTMLInputElement>(null)
  return (
    <section aria-label={t('chat.browse')} className="flex h-full min-h-0 flex-col bg-canvas">
      <header className="flex h-(--header-height) shrink-0 items-center border-b px-4">
        <h1 className="font-semibold text-lg">{t('chat.browse')}</h1>
      </header>
      <div className="mx-auto flex min-h-0 w-full max-w-3xl flex-1 flex-col p-4">
        <ChannelBrowser fills search={search} onCreate={() => openDialog('create-channel')} />
      </div>
    </section>
  )
}
