// Shows where cards went when somebody else moved them: neighbours slide, a card that changes its
// column flies over as a copy. Reads positions just before and just after a change of the tasks;
// does nothing for many changes at once or where reduced motion is wanted.

import { Component, createRef, type ReactNode } from 'react'

interface Props {
  /** Cards glide when this changes, and only then; null while a card is held. */
  tasks: readonly unknown[] | null
  /** The card that the reader's own hand has just put down. */
  landed: string | null
  className?: string
  children: ReactNode
}

type Places = Map<string, DOMRect>

/** Limit: cards that move at once; more is a different board, not a move. */
const MOVED_MAX = 40
const MOTION: KeyframeAnimationOptions = { duration: 170, easing: 'cubic-bezier(0.2, 0, 0, 1)' }

export class Glide extends Component<Props> {
  private frame = createRef<HTMLDivElement>()

  override getSnapshotBeforeUpdate(before: Props): Places | null {
    const { tasks } = this.props
    if (before.tasks === tasks) return null
    // A board that is filling: to measure all of it would cost a layout, for nothing.
    const more = before.tasks && tasks ? tasks.length - before.tasks.length : 0
    if (Math.abs(more) > MOVED_MAX) return null
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return null
    return this.places()
  }

  override componentDidUpdate(_before: Props, _state: unknown, places: Places | null): void {
    if (!places) return
    const moved: [HTMLElement, DOMRect, DOMRect][] = []
    for (const card of this.cards()) {
      const from = places.get(card.dataset.task ?? '')
      if (!from || card.dataset.task === this.props.landed) continue
      const to = card.getBoundingClientRect()
      if (Math.abs(from.left - to.left) > 2 || Math.abs(from.top - to.top) > 2)
        moved.push([card, from, to])
    }
    if (moved.length > MOVED_MAX) return
    for (const [card, from, to] of moved) {
      if (Math.abs(from.left - to.left) > 2) fly(card, from, to)
      else slide(card, from, to)
    }
  }

  override render() {
    return (
      <div ref={this.frame} className={this.props.className}>
        {this.props.children}
      </div>
    )
  }

  private cards(): NodeListOf<HTMLElement> | [] {
    return this.frame.current?.querySelectorAll<HTMLElement>('[data-task]') ?? []
  }

  private places(): Places {
    const places: Places = new Map()
    for (const card of this.cards())
      places.set(card.dataset.task ?? '', card.getBoundingClientRect())
    return places
  }
}

function slide(card: HTMLElement, from: DOMRect, to: DOMRect) {
  const shift = `translateY(${from.top - to.top}px)`
  card.animate([{ transform: shift }, { transform: 'none' }], MOTION)
}

/** Columns clip what leaves them, so a copy flies above the page. */
function fly(card: HTMLElement, from: DOMRect, to: DOMRect) {
  const copy = card.cloneNode(true) as HTMLElement
  copy.removeAttribute('data-task')
  copy.setAttribute('aria-hidden', 'true')
  Object.assign(copy.style, {
    position: 'fixed',
    left: `${to.left}px`,
    top: `${to.top}px`,
    width: `${to.width}px`,
    height: `${to.height}px`,
    zIndex: '30',
    pointerEvents: 'none',
  })
  document.body.append(copy)
  // Not `visibility`: what is hidden that way cannot keep the focus.
  card.style.opacity = '0'
  const shift = `translate(${from.left - to.left}px, ${from.top - to.top}px)`
  const flight = copy.animate([{ transform: shift }, { transform: 'none' }], MOTION)
  const land = () => {
    copy.remove()
    card.style.opacity = ''
  }
  flight.finished.then(land, land)
}
