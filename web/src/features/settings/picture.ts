// Makes any picture a small square one, in the browser, before it is uploaded.

const SIDE = 256
/** Limit: as the server's for an avatar, bytes. */
const BYTES_MAX = 128 * 1024

/** The middle square of the picture as WebP (JPEG where a browser cannot). Throws if unreadable. */
export async function squarePicture(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file)
  const side = Math.min(bitmap.width, bitmap.height)
  const canvas = document.createElement('canvas')
  canvas.width = SIDE
  canvas.height = SIDE
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.imageSmoothingQuality = 'high'
  const left = (bitmap.width - side) / 2
  const top = (bitmap.height - side) / 2
  context.drawImage(bitmap, left, top, side, side, 0, 0, SIDE, SIDE)
  bitmap.close()
  for (const quality of [0.9, 0.75, 0.5]) {
    const blob = (await encode(canvas, 'image/webp', quality)) ?? undefined
    if (blob?.type === 'image/webp' && blob.size <= BYTES_MAX) return blob
  }
  const jpeg = await encode(canvas, 'image/jpeg', 0.8)
  if (!jpeg) throw new Error('cannot encode')
  return jpeg
}

function encode(canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, type, quality))
}
