// One upload by XMLHttpRequest, because fetch does not tell how far it has come. Refusals are
// `Refused`, as in rest.ts.

import type { File as Carried, ErrorDetail } from '../protocol'
import { Refused } from './pending'

export interface Uploading {
  /** Rejects with `Refused`; never settles once cancelled. */
  arrived: Promise<Carried>
  cancel(): void
}

/** Sends a file; the same `id` again is the same file, also if an answer was lost. */
export function upload(
  file: File,
  id: string,
  csrf: string | undefined,
  onProgress: (share: number) => void,
): Uploading {
  const request = new XMLHttpRequest()
  const form = new FormData()
  form.set('id', id)
  form.set('file', file, file.name)
  const arrived = new Promise<Carried>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onerror = () =>
      reject(new Refused({ code: 'offline', message: 'The server cannot be reached.' }))
    request.onload = () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText) as Carried)
      else reject(refusalOf(request))
    }
  })
  request.open('POST', '/api/v1/files')
  request.setRequestHeader('Accept', 'application/json')
  if (csrf) request.setRequestHeader('X-Tenon-Csrf', csrf)
  request.send(form)
  return { arrived, cancel: () => request.abort() }
}

function refusalOf(request: XMLHttpRequest): Refused {
  try {
    const { error } = JSON.parse(request.responseText) as { error: ErrorDetail }
    return new Refused({ code: error.code, message: error.message })
  } catch {
    const code = request.status === 413 ? 'too_large' : 'unavailable'
    return new Refused({ code, message: `HTTP ${request.status}` })
  }
}
