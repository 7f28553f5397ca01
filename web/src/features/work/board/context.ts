// What cards and columns ask of their board. The object never changes while the board is mounted,
// so that a card is drawn anew for its task alone.

import { createContext, type MouseEvent, useContext } from 'react'
import type { LocalTask } from '../../../model/task'
import type { Task } from '../../../protocol'
import type { OpenField } from '../field/FieldPopup'

export interface BoardActions {
  onOpen: (task: LocalTask, event: MouseEvent) => void
  onFocus: (task: string) => void
  onMenu: (task: Task, anchor: HTMLElement) => void
  onField: OpenField
}

export const BoardContext = createContext<BoardActions | null>(null)

/** The board around; throws outside of one. */
export function useBoard(): BoardActions {
  const board = useContext(BoardContext)
  if (!board) throw new Error('a card stands outside of a board')
  return board
}
