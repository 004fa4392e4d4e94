import { OBJECTIVES } from '@muster/model'

const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 1
const isStringList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Of the options that decide how a run goes: what each must be, in words and as a question. */
const RULES: Readonly<Record<string, readonly [expected: string, holds: (value: unknown) => boolean]>> = {
  workers: ['a whole number of at least 1', isCount],
  failFast: ['true or false', (value) => typeof value === 'boolean'],
  objective: [`one of ${OBJECTIVES.join(', ')}`, (value) => OBJECTIVES.some((each) => each === value)],
  semaphores: [
    'an object of whole numbers of at least 1, such as {"database": 4}',
    (value) => isRecord(value) && Object.values(value).every(isCount),
  ],
  labels: ['an array of strings', isStringList],
  sliceSeconds: ['a number above 0', (value) => typeof value === 'number' && value > 0],
}

export interface UsableOptions {
  /** Those that are wrong count as not given. */
  readonly options: Readonly<Record<string, unknown>>
  /** A sentence for each of those. */
  readonly problems: readonly string[]
}

/** @param written the options of the plugin in nx.json, as people write them */
export function usableOptions(written: Readonly<Record<string, unknown>>): UsableOptions {
  const problems: string[] = []
  const options = Object.entries(written).filter(([name, value]) => {
    const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined
    if (rule === undefined || rule[1](value)) return true
    problems.push(
      `nx.json, options of @muster/nx: ${name} is not used, expected ${rule[0]}, found ${JSON.stringify(value)}`,
    )
    return false
  })
  return { options: Object.fromEntries(options), problems }
}
