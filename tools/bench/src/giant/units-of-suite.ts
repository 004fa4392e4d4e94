import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

interface Report {
  readonly suites: readonly { readonly name: string; readonly units: readonly unknown[] }[]
}

/** In how many units Muster's last run had the suite; undefined when it wasn't Muster's. */
export async function unitsOfSuite(root: string, suite: string): Promise<number | undefined> {
  try {
    const report = JSON.parse(await readFile(join(root, 'reports/latest/run.json'), 'utf8')) as Report
    return report.suites.find(({ name }) => name === suite)?.units.length
  } catch {
    return undefined
  }
}
