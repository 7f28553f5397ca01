/** Signs of state and priority: shape and colour both tell, so that neither is needed alone. */
import clsx from 'clsx'
import type { Category, Priority } from '../../protocol'

const CATEGORY_COLOUR: Record<Category, string> = {
  backlog: 'text-faint',
  todo: 'text-todo',
  doing: 'text-doing',
  done: 'text-done',
  cancelled: 'text-faint',
}

/** A 14-pixel circle that fills as work goes on. Decorative: put the state's name beside it. */
export function StateIcon({ category, className }: { category: Category; className?: string }) {
  return (
    <svg
      viewBox="0 0 14 14"
      width="14"
      height="14"
      aria-hidden="true"
      className={clsx('shrink-0', CATEGORY_COLOUR[category], className)}
    >
      {category === 'done' || category === 'cancelled' ? (
        <>
          <circle cx="7" cy="7" r="6.25" fill="currentColor" />
          <path
            d={category === 'done' ? 'M4.2 7.2 6.2 9.2 9.9 5.1' : 'M5 5l4 4M9 5l-4 4'}
            fill="none"
            stroke="var(--canvas)"
            strokeWidth="1.5"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </>
      ) : (
        <>
          <circle
            cx="7"
            cy="7"
            r="5.5"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeDasharray={category === 'backlog' ? '1.7 1.75' : undefined}
          />
          {category === 'doing' && <path d="M7 3.6a3.4 3.4 0 0 1 0 6.8z" fill="currentColor" />}
        </>
      )}
    </svg>
  )
}

const BARS: Record<Exclude<Priority, 'urgent' | 'none'>, number> = { low: 1, medium: 2, high: 3 }

/** Bars that rise with priority; urgent is a red sign. Decorative. */
export function PriorityIcon({ priority, className }: { priority: Priority; className?: string }) {
  const size = { viewBox: '0 0 14 14', width: 14, height: 14 } as const
  if (priority === 'urgent')
    return (
      <svg {...size} aria-hidden="true" className={clsx('shrink-0 text-urgent', className)}>
        <rect x="1" y="1" width="12" height="12" rx="3" fill="currentColor" />
        <path d="M7 3.8v3.8" stroke="var(--canvas)" strokeWidth="1.6" strokeLinecap="round" />
        <circle cx="7" cy="10" r="0.95" fill="var(--canvas)" />
      </svg>
    )
  if (priority === 'none')
    return (
      <svg {...size} aria-hidden="true" className={clsx('shrink-0 text-faint', className)}>
        <path
          d="M2 7h2.2M6 7h2.2M10 7h2.2"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
        />
      </svg>
    )
  return (
    <svg {...size} aria-hidden="true" className={clsx('shrink-0 text-soft', className)}>
      {[0, 1, 2].map((bar) => (
        <rect
          key={bar}
          x={1.5 + bar * 4}
          y={8.5 - bar * 3}
          width="2.6"
          height={4 + bar * 3}
          rx="1"
          fill="currentColor"
          opacity={bar < BARS[priority] ? 1 : 0.28}
        />
      ))}
    </svg>
  )
}
