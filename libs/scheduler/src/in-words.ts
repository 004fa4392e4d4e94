const UNITS = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const

/** A duration as people write it: `10m`, `1h 30m`, `40 s`, `250 ms`; at most two units, rounded to the second from 10 s on. */
export function inWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 10_000) return `${Number((ms / 1000).toFixed(1))} s`
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`
  let left = Math.round(ms / 1000) * 1000
  const parts: string[] = []
  for (const [name, length] of UNITS) {
    const count = Math.floor(left / length)
    left -= count * length
    if (count > 0) parts.push(`${count}${name}`)
  }
  return parts.slice(0, 2).join(' ')
}
