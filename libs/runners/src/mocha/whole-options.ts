type Options = Readonly<Record<string, unknown>>

/** Options that count or stop over all files of a run. */
const OF_THE_RUN = {
  bail: 'mocha\'s "bail" stops at the first failure of any file',
  delay: 'with mocha\'s "delay" one file starts the run of all files',
  failZero: 'mocha\'s "fail-zero" counts the tests of all files',
} as const

/**
 * Why a suite with these options must not be split by file.
 * @param options in camel case
 * @param plugins what the `require`d modules export to mocha
 */
export function wholeByOptions(options: Options, plugins: Options): string | undefined {
  for (const [name, reason] of Object.entries(OF_THE_RUN)) if (options[name] === true) return reason
  const fixtures = [plugins['globalSetup'], plugins['globalTeardown']].flat()
  return fixtures.some((fixture) => typeof fixture === 'function')
    ? 'its global set-up and tear-down run once for all files'
    : undefined
}
