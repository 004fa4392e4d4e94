import type { Capacity, Suite, SuiteId } from '@muster/model'

interface Wanted {
  readonly suite: Pick<Suite, 'id' | 'requires'>
  readonly dependsOn: readonly SuiteId[]
}

/** Which suites this machine has no device for, or depend on one of them, and why, for people. */
export function withoutDevice(
  wanted: readonly Wanted[],
  { labels }: Pick<Capacity, 'labels'>,
): ReadonlyMap<SuiteId, string> {
  const reasons = new Map<SuiteId, string>()
  for (const { suite } of wanted) {
    const missing = suite.requires.labels.filter((label) => !labels.includes(label))
    if (missing.length > 0) reasons.set(suite.id, `no device here: this machine isn't ${missing.join(', ')}`)
  }
  for (let found = true; found;) {
    found = false
    for (const { suite, dependsOn } of wanted) {
      const gone = dependsOn.find((each) => reasons.has(each))
      if (gone === undefined || reasons.has(suite.id)) continue
      reasons.set(suite.id, `${gone} has no device here`)
      found = true
    }
  }
  return reasons
}
