// What pending commands will have done to the links of a task. Pure.

import type { Link, LinkKind } from '../protocol'

type Links = readonly Link[]

const INVERSE: Record<LinkKind, LinkKind> = {
  blocks: 'blocked_by',
  blocked_by: 'blocks',
  relates: 'relates',
  duplicates: 'duplicated_by',
  duplicated_by: 'duplicates',
}

/** The same link from the side of the other task. */
export function inverseOf(kind: LinkKind): LinkKind {
  return INVERSE[kind]
}

export function withLink(links: Links, link: Link): Links {
  const at = links.findIndex(({ kind, task }) => kind === link.kind && task === link.task)
  return at < 0 ? [...links, link] : links.with(at, link)
}

export function withoutLink(links: Links, { kind, task }: Link): Links {
  return links.filter((link) => link.kind !== kind || link.task !== task)
}
