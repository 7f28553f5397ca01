// A member's picture, or the first letters of the name on a quiet colour of their own.

import { type CSSProperties, useState } from 'react'
import { t } from '../i18n'
import type { Member } from '../protocol'
import { cx } from './class'

export interface AvatarProps {
  member: Pick<Member, 'id' | 'name' | 'avatar' | 'kind'> | undefined
  /** Pixels: 16, 20, 24, 32, 36, 64. */
  size?: number
  /** Draws a dot: true for online, false for offline; none when absent. */
  online?: boolean
  /** How far it lies over the one before it, px. */
  overlap?: number
  className?: string
}

/** The last two characters of a Chinese name, the initials of others. */
export function initials(name: string): string {
  const text = name.trim()
  if (/\p{Script=Han}/u.test(text)) return [...text].slice(-2).join('')
  const words = text.split(/[\s._-]+/).filter(Boolean)
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]]
  return letters
    .map((word) => [...(word ?? '?')][0] ?? '')
    .join('')
    .toUpperCase()
}

/** A hue that stays with the id. */
export function hueOf(id: string): number {
  let hash = 2_166_136_261
  for (const letter of id) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619)
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_519)
  return ((hash ^ (hash >>> 13)) >>> 0) % 360
}

export function Avatar({ member, size = 36, online, overlap, className }: AvatarProps) {
  const [broken, setBroken] = useState<string>()
  const radius = member?.kind === 'bot' ? 'rounded-md' : 'rounded-full'
  // Two letters would be too small to be read.
  const isSmall = size < 28
  const letters = [...initials(member?.name ?? '?')]
  const picture = member?.avatar && member.avatar !== broken ? member.avatar : undefined
  const style = {
    width: size,
    height: size,
    marginLeft: overlap && -overlap,
    '--hue': hueOf(member?.id ?? ''),
  } as CSSProperties
  return (
    <span className={cx('relative inline-flex shrink-0 select-none', className)} style={style}>
      {picture ? (
        <img
          src={`/api/v1/avatars/${picture}`}
          alt=""
          width={size}
          height={size}
          className={cx('size-full object-cover', radius)}
          onError={() => setBroken(picture)}
        />
      ) : (
        <span
          aria-hidden="true"
          className={cx('avatar flex size-full items-center justify-center font-medium', radius)}
          style={{
            fontSize: Math.max(9, Math.round(size * (isSmall ? 0.5 : 0.38))),
            lineHeight: 1,
          }}
        >
          {isSmall ? letters[0] : letters.join('')}
        </span>
      )}
      {online !== undefined && <Presence online={online} size={size} />}
    </span>
  )
}

function Presence({ online, size }: { online: boolean; size: number }) {
  const side = size >= 32 ? 10 : 8
  return (
    <span
      role="img"
      aria-label={online ? t('common.online') : t('common.offline')}
      style={{ width: side, height: side }}
      className={cx(
        'absolute -right-0.5 -bottom-0.5 rounded-full border-2 border-canvas',
        online ? 'bg-online' : 'bg-line-strong',
      )}
    />
  )
}

/** Several avatars that overlap, the rest as a number; nothing for nobody. */
export function AvatarStack(props: {
  members: readonly (AvatarProps['member'] & object)[]
  size?: number
  max?: number
}) {
  const { members, size = 20, max = 3 } = props
  if (members.length === 0) return null
  const names = members.map((member) => member.name).join(', ')
  return (
    <span className="inline-flex items-center" role="img" aria-label={names} title={names}>
      {members.slice(0, max).map((member, index) => (
        <Avatar
          key={member.id}
          member={member}
          size={size}
          // So little that the letters of the one below can still be read.
          overlap={index > 0 ? Math.round(size / 8) : 0}
          className="rounded-full ring-2 ring-canvas"
        />
      ))}
      {members.length > max && (
        <span className="ml-1 text-faint text-xs">+{members.length - max}</span>
      )}
    </span>
  )
}
