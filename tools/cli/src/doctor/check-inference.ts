import { pluginOptions, readNxJson } from '@muster/nx/why'
import type { Finding } from './finding.ts'

/** Nx's plugins that give a project's tests a target of the same name. */
const RIVALS: ReadonlySet<string> = new Set([
  '@nx/vite/plugin',
  '@nx/vitest',
  '@nx/jest/plugin',
  '@nx/playwright/plugin',
])

/** Tests that are suites without a suite.json; none where nx.json can't be read, which others say. @param root absolute */
export function checkInference(root: string): Finding[] {
  let nxJson: ReturnType<typeof readNxJson>
  try {
    nxJson = readNxJson(root)
  } catch {
    return []
  }
  const { infer } = pluginOptions(nxJson) as { readonly infer?: unknown }
  if (!Array.isArray(infer) || infer.length === 0) return []
  const names = (nxJson.plugins ?? []).map((each) => (typeof each === 'string' ? each : each.plugin))
  const behind = names.slice(names.indexOf('@muster/nx') + 1).filter((name) => RIVALS.has(name))
  return [
    { level: 'ok', what: `tests of ${infer.join(', ')} are suites (infer in nx.json)` },
    ...behind.map((name): Finding => ({
      level: 'warning',
      what: `${name} stands behind @muster/nx in nx.json and takes the targets that both infer`,
      fix: 'npx nx g @muster/nx:init',
    })),
  ]
}
