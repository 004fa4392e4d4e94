import type { Priority } from '@muster/model'
import type { Entry } from '../entry.ts'

const RANK: Readonly<Record<Priority, number>> = { critical: 0, high: 1, medium: 2, low: 3 }

/** Negative when `a` goes before `b`. Never 0 for different units: by id in the end, so that runs repeat. */
export function compareEntries(a: Entry, b: Entry): number {
  if (a.urgent !== b.urgent) return a.urgent ? -1 : 1
  if (a.key !== b.key) return b.key - a.key
  return RANK[a.unit.priority] - RANK[b.unit.priority] || compareIds(a, b)
}

export const compareIds = (a: Entry, b: Entry): number =>
  a.unit.id < b.unit.id ? -1 : a.unit.id > b.unit.id ? 1 : 0
