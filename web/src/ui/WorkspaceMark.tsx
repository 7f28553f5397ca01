import { cx } from './class'
import { Logo } from './Logo'

interface WorkspaceMarkProps {
  /** Hash of the workspace's picture; without one the mark of the product. */
  logo: string | null | undefined
  size?: number
  className?: string
}

/** What a workspace looks like. Its name stands beside it. */
export function WorkspaceMark({ logo, size = 24, className }: WorkspaceMarkProps) {
  if (!logo) return <Logo size={size} />
  return (
    <img
      src={`/api/v1/logo/${logo}`}
      alt=""
      width={size}
      height={size}
      className={cx('shrink-0 rounded-md', className)}
    />
  )
}
