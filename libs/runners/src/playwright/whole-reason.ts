import type { PlaywrightConfig } from './playwright-api.ts'

/** Why a suite must not be split by file, for people. */
export function wholeReason({
  projects,
  maxFailures,
  shard,
  webServer,
}: PlaywrightConfig): string | undefined {
  const dependent = projects.find(
    ({ dependencies, teardown }) => dependencies.length > 0 || teardown !== undefined,
  )
  if (dependent) return `project ${dependent.name} depends on another one, which every part would run again`
  if (webServer !== null && webServer !== undefined)
    return 'each part would start the web server of the configuration, at the same port'
  if (maxFailures > 0) return 'maxFailures is set, so that a failure in one file leaves out tests of others'
  if (shard !== null && shard !== undefined) return 'it is a shard already'
  return undefined
}
