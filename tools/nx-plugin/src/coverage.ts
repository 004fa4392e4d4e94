import { err, ok, type Result } from '@muster/model'
import { coverageOptionsSchema, type CoverageOptions } from '@muster/model/schema'
import { pluginOptions } from './nx/plugin-options.ts'
import { readNxJson } from './nx/read-nx-json.ts'

/** What nx.json asks of coverage. The error says what is wrong there. @param root absolute workspace root */
export function readCoverageOptions(root: string): Result<CoverageOptions, string> {
  let written: unknown
  try {
    written = pluginOptions(readNxJson(root)).coverage
  } catch (error) {
    return err(`nx.json can't be read: ${(error as Error).message}`)
  }
  const parsed = coverageOptionsSchema.safeParse(written ?? {})
  if (parsed.success) return ok(parsed.data)
  const [issue] = parsed.error.issues
  const place = ['coverage', ...(issue?.path ?? [])].join('.')
  return err(`nx.json, options of @muster/nx: ${place}: ${issue?.message ?? 'not understood'}`)
}
