// Put once into the app: the layer that draws hints, once what floats is loaded.

import { useFloating } from './floating'

export function Tips() {
  const parts = useFloating()
  return parts && <parts.Tips />
}
