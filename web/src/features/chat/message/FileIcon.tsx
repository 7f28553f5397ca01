// What stands before the name of a file: the picture itself, or the kind of thing it is.

import { FileArchive, FileText } from 'lucide-react'
import { thumbnailHref } from '../../../model/file'
import type { File as Carried } from '../../../protocol'

export function FileIcon({ file }: { file: Carried }) {
  if (file.width) {
    return (
      <img
        src={thumbnailHref(file.id)}
        alt=""
        width={36}
        height={36}
        loading="lazy"
        className="size-9 shrink-0 rounded-sm object-cover"
      />
    )
  }
  const Icon = /zip|tar|gzip|7z|rar/.test(file.media_type) ? FileArchive : FileText
  return <Icon size={20} aria-hidden className="shrink-0 text-faint" />
}
