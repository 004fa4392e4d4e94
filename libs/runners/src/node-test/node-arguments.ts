/** Options that make no verdict, or that Muster gives itself. Those with `=` also take their value as the next word. */
const IGNORED: Readonly<Record<string, string>> = {
  '--test': '',
  '--watch': 'a run comes to an end',
  '--watch-path=': 'a run comes to an end',
  '--test-reporter=': 'Muster reads what its own reporter is told',
  '--test-reporter-destination=': 'Muster reads what its own reporter is told',
  '--test-shard=': 'Muster splits suites by itself',
}

interface NodeArguments {
  readonly args: readonly string[]
  /** For people. */
  readonly notes: readonly string[]
}

/** What is left of a suite's arguments for node. */
export function nodeArguments(given: readonly string[]): NodeArguments {
  const args: string[] = []
  const notes: string[] = []
  for (let index = 0; index < given.length; index++) {
    const arg = given[index]!
    const name = arg.split('=', 1)[0]!
    const why = IGNORED[name] ?? IGNORED[`${name}=`]
    if (why === undefined) {
      args.push(arg)
      continue
    }
    if (why !== '') notes.push(`${name} is ignored: ${why}.`)
    if (`${name}=` in IGNORED && arg === name) index++
  }
  return { args, notes }
}

/** @returns why a suite with these arguments must not be split by file, for people */
export function wholeReason(args: readonly string[]): string | undefined {
  const has = (pattern: RegExp): boolean =>
    args.some((arg, index) => pattern.test(`${arg} ${args[index + 1]}`))
  if (has(/^--(?:experimental-)?test-isolation[= ]none\b/))
    return '--test-isolation=none: all files share one process'
  if (has(/^--test-global-setup\b/)) return '--test-global-setup: it runs once'
  return undefined
}

/** Node strips types since 22.18 without being asked. */
export const runsTypeScript = (args: readonly string[], nodeOptions: string): boolean =>
  Boolean((process.features as { readonly typescript?: unknown }).typescript) ||
  /--experimental-(?:strip|transform)-types/.test([...args, nodeOptions].join(' '))
