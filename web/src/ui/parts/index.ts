// Everything that floats over the page, as one chunk that is loaded after the first paint.

export { Confirm, Dialog } from './dialog'
export { HoverCard } from './hover'
export { ContextMenu, Menu, MenuCheck, MenuGroup, MenuItem, MenuLine, MenuSub } from './menu'
export { Popover } from './popover'
export { Tips } from './tips'
