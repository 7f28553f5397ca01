// The query of a board or list, in the address: `?query=`.

import { useLocation } from '@tanstack/react-router'
import { go } from './place'

/** What the address says; an empty text without. */
export function useAddressQuery(): string {
  return useLocation({
    select: ({ search }) => {
      const { query } = search as { query?: unknown }
      return typeof query === 'string' ? query : ''
    },
  })
}

/** Writes it into the address, in place of what is there. */
export function setQuery(query: string): void {
  const search = new URLSearchParams(location.search)
  if (query === '') search.delete('query')
  else search.set('query', query)
  const rest = search.toString().replaceAll('%3A', ':')
  go(rest ? `${location.pathname}?${rest}` : location.pathname, { replace: true })
}
