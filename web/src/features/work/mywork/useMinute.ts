// The present, renewed every minute while the page is visible: due dates pass while one looks.

import { useEffect, useState } from 'react'

const MINUTE_MS = 60_000

export function useMinute(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const renew = () => {
      if (document.visibilityState === 'visible') setNow(new Date())
    }
    const timer = setInterval(renew, MINUTE_MS)
    document.addEventListener('visibilitychange', renew)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', renew)
    }
  }, [])
  return now
}
