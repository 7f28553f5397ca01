// Ids that this client chooses: UUIDv7, ordered by time of creation within one page.

let lastTime = 0
let counter = 0

/** A fresh UUIDv7. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const now = Date.now()
  if (now > lastTime) {
    lastTime = now
    counter = 0
  } else {
    counter += 1
    // The 12 bits after the version hold the counter; past them borrow from the clock.
    if (counter > 0xfff) {
      lastTime += 1
      counter = 0
    }
  }
  for (let index = 0; index < 6; index += 1) {
    bytes[index] = Math.floor(lastTime / 2 ** (8 * (5 - index))) & 0xff
  }
  bytes[6] = 0x70 | (counter >> 8)
  bytes[7] = counter & 0xff
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, hex)
}
