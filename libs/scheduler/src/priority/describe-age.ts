const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** "2 days", "1 hour", "less than a minute". @param ms negative ages (clocks differ) count as none */
export function describeAge(ms: number): string {
  for (const [name, size] of UNITS) {
    const count = Math.floor(ms / size)
    if (count >= 1) return `${count} ${name}${count === 1 ? '' : 's'}`
  }
  return 'less than a minute'
}
