/** The mark: a tenon in its mortise. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
      className="shrink-0"
    >
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      <path d="M6 8h20v5.5h-6.5v5h-7v-5H6z" fill="var(--on-accent)" />
      <path d="M6 16.5h4v5h12v-5h4V25H6z" fill="var(--on-accent)" fillOpacity=".72" />
    </svg>
  )
}
