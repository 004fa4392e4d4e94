import type { NxJsonConfiguration } from '../nx/devkit.ts'
import type { RunnerSpec } from '@muster/model'
import type { InferenceOptions } from '../inference/inference-options.ts'
import { isRecord } from '../inference/workspace-files.ts'

/** Nx's own plugins that infer targets for a test runner, and their option for the target's name. */
const PLUGINS: Readonly<Partial<Record<RunnerSpec['name'], readonly (readonly [string, string])[]>>> = {
  vitest: [
    ['@nx/vitest', 'testTargetName'],
    ['@nx/vite/plugin', 'testTargetName'],
  ],
  jest: [['@nx/jest/plugin', 'targetName']],
  playwright: [['@nx/playwright/plugin', 'targetName']],
}

/** The target that a tool's tests have already, or would have by custom. */
export function targetOfTool(
  tool: RunnerSpec['name'],
  nxJson: NxJsonConfiguration,
  options: InferenceOptions,
): string {
  for (const [plugin, option] of PLUGINS[tool] ?? []) {
    for (const entry of nxJson.plugins ?? []) {
      if (typeof entry === 'string' || entry.plugin !== plugin || !isRecord(entry.options)) continue
      const name = entry.options[option]
      if (typeof name === 'string') return name
    }
  }
  return tool === 'playwright' ? 'e2e' : (options.targetName ?? 'test')
}
