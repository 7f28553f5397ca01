// Whether one writes with a finger: then the keyboard stays down until it is asked for, and Enter
// breaks the line. Kept, because asking the browser costs a layout.

const query = matchMedia('(pointer: coarse) and (hover: none)')
let touch = query.matches
query.addEventListener('change', () => {
  touch = query.matches
})

export function isTouch(): boolean {
  return touch
}
