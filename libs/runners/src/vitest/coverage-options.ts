import { createRequire } from 'node:module'
import { join } from 'node:path'

const PROVIDERS = ['v8', 'istanbul'] as const

/**
 * What makes vitest leave its coverage in a folder, as Istanbul's JSON, also when tests fail.
 * @param dir absolute folder of the suite
 * @returns a note for people when no provider is installed
 */
export function coverageOptions(
  dir: string,
  coverageDir: string,
): { readonly args: readonly string[]; readonly note?: string } {
  const { resolve } = createRequire(join(dir, 'package.json'))
  const installed = PROVIDERS.filter((provider) => {
    try {
      return resolve(`@vitest/coverage-${provider}/package.json`) !== ''
    } catch {
      return false
    }
  })
  if (installed.length === 0)
    return { args: [], note: 'Coverage is not measured. Install a provider: npm i -D @vitest/coverage-v8' }
  return {
    args: [
      '--coverage.enabled',
      // With both, the configuration decides.
      ...(installed.length === 1 ? [`--coverage.provider=${installed[0]}`] : []),
      '--coverage.reporter=json',
      `--coverage.reportsDirectory=${coverageDir}`,
      '--coverage.reportOnFailure',
      // A suite covers other projects, which lie outside of its folder.
      '--coverage.allowExternal',
      // Thresholds of one suite, or a part of it, say nothing about all.
      ...['lines', 'functions', 'branches', 'statements'].map((each) => `--coverage.thresholds.${each}=0`),
    ],
  }
}
