import type { Suite } from '@muster/model'
import { isRecord } from '../inference/workspace-files.ts'

/** Its tests run in a browser, of which it brings no coverage. */
const WITHOUT: Suite['runner']['name'] = 'playwright'

/**
 * A suite without a suite.json collects coverage when nx.json wants that of all of them.
 * @param options `coverage` of the plugin's options, as it is written
 */
export function withAdoptedCoverage(suite: Suite, options: unknown): Suite {
  const wanted = isRecord(options) && options['adopted'] === true
  if (!wanted || suite.coverage || suite.runner.name === WITHOUT) return suite
  return { ...suite, coverage: { exclude: [], thresholds: {}, files: [] } }
}
