/** Milliseconds for people: `63 ms`, `0.41 s`, `12.4 s`, `2 min 05 s`, `1 h 02 min`. */
export function formatDuration(ms: number): string {
  const value = Number.isFinite(ms) ? Math.max(0, ms) : 0
  if (value < 99.5) return `${Math.round(value)} ms`
  if (value < 9_995) return `${(value / 1_000).toFixed(2)} s`
  if (value < 59_950) return `${(value / 1_000).toFixed(1)} s`
  const seconds = Math.round(value / 1_000)
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`
}

/** How long before `now` something was: `just now`, `5 min ago`, `2 h ago`, `3 days ago`. Times in milliseconds. */
export function formatAgo(at: number, now: number): string {
  const minutes = Math.floor(Math.max(0, now - at) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours} h ago`
  return `${Math.floor(hours / 24)} days ago`
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')
