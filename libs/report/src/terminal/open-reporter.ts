import { liveReporter } from './live-reporter.ts'
import { plainReporter } from './plain-reporter.ts'
import type { Reporter, ReporterOptions } from './reporter.ts'

/** The live screen on a terminal that can move its cursor, plain lines anywhere else and in CI. */
export async function openReporter(options: ReporterOptions): Promise<Reporter> {
  const { stream, env } = options
  const ci = (env['CI'] ?? '') !== '' && env['CI'] !== 'false'
  const live = stream.isTTY === true && env['TERM'] !== 'dumb' && !ci
  return live ? await liveReporter(options) : plainReporter(options)
}
