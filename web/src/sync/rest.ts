// Typed requests to the REST interface, for what the log does not carry: pages, credentials,
// files. Errors are `Refused`, with code `offline` when the server cannot be reached.

import type { ErrorDetail, Page } from '../protocol'
import { Refused } from './pending'

const BASE = '/api/v1'
/** As many as the server gives at once. */
const PAGE_ITEMS = 200
/** Browsers take 64 KiB of such bodies in all. */
const LASTING_CHARS_MAX = 8_000

export interface Rest {
  get<T>(path: string): Promise<T>
  /** All of a list, page after page. */
  all<T>(path: string): Promise<T[]>
  post<T>(path: string, body?: unknown): Promise<T>
  put<T>(path: string, body?: unknown): Promise<T>
  patch<T>(path: string, body?: unknown): Promise<T>
  delete<T>(path: string): Promise<T>
}

export interface RestPorts {
  /** Sent back with every write that the cookie authenticates. */
  csrf(): string | undefined
  /** The session ended. */
  unauthenticated(): void
}

/** The requests, for a session that `ports` knows. A Blob as body is sent as it is. */
export function restOf(ports: RestPorts): Rest {
  const call = <T>(method: string) =>
    ((path: string, body?: unknown) => request<T>(ports, method, path, body)) as never
  const get = call('GET') as Rest['get']
  return {
    get,
    all: (path) => allOf(get, path),
    post: call('POST'),
    put: call('PUT'),
    patch: call('PATCH'),
    delete: call('DELETE'),
  }
}

async function allOf<T>(get: Rest['get'], path: string): Promise<T[]> {
  const items: T[] = []
  let after = ''
  do {
    const page = await get<Page<T>>(
      `${path}${path.includes('?') ? '&' : '?'}limit=${PAGE_ITEMS}${after}`,
    )
    items.push(...page.items)
    after = page.next ? `&after=${encodeURIComponent(page.next)}` : ''
  } while (after)
  return items
}

async function request<T>(ports: RestPorts, method: string, path: string, body: unknown) {
  const headers: Record<string, string> = { Accept: 'application/json' }
  const csrf = ports.csrf()
  if (method !== 'GET' && csrf) headers['X-Tenon-Csrf'] = csrf
  const isBlob = body instanceof Blob
  if (body !== undefined) headers['Content-Type'] = isBlob ? body.type : 'application/json'
  const content = body === undefined ? undefined : isBlob ? body : JSON.stringify(body)
  let response: Response
  try {
    response = await fetch(BASE + path, {
      method,
      headers,
      body: content,
      credentials: 'same-origin',
      cache: 'no-store',
      keepalive: isLasting(content),
    })
  } catch {
    throw new Refused({ code: 'offline', message: 'The server cannot be reached.' })
  }
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T
  const refused = await refusalOf(response)
  if (refused.failure.code === 'unauthenticated') ports.unauthenticated()
  throw refused
}

/** What a page says as it ends arrives all the same, unless browsers find it too long for that. */
function isLasting(content: string | Blob | undefined): boolean {
  const isHidden = document.visibilityState === 'hidden'
  return isHidden && typeof content === 'string' && content.length < LASTING_CHARS_MAX
}

async function refusalOf(response: Response): Promise<Refused> {
  const seconds = Number(response.headers.get('Retry-After'))
  const retryAfterMs = seconds > 0 ? seconds * 1000 : undefined
  try {
    const { error } = (await response.json()) as { error: ErrorDetail }
    const { code, message, field, task, fault } = error
    return new Refused({
      code,
      message,
      field: field ?? undefined,
      task: (task ?? undefined) as never,
      fault: fault ?? undefined,
      retryAfterMs,
    })
  } catch {
    // Something between here and the server answered.
    const code = response.status >= 500 ? 'unavailable' : 'internal'
    return new Refused({ code, message: `HTTP ${response.status}`, retryAfterMs })
  }
}
