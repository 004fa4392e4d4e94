import { readSuites } from '@muster/graph'
import type { CreateNodes } from '../nx/devkit.ts'
import type { InferenceOptions } from './inference-options.ts'
import { inferSuites } from './infer-suites.ts'
import { baseName } from './known-projects.ts'
import { workspaceFiles } from './workspace-files.ts'

/**
 * Suites as Nx targets. The pattern asks for the files that make projects too: Nx has them at hand, and their names
 * say which projects a suite may cover.
 */
export const createNodes: CreateNodes<InferenceOptions> = [
  '**/{suite,project,package}.json',
  async (matched, options, { workspaceRoot, nxJsonConfiguration }) => {
    const sources = matched.filter((file) => baseName(file) === 'suite.json')
    if (sources.length === 0) return []
    return inferSuites({
      parsed: await readSuites(workspaceRoot, sources),
      configFiles: matched.filter((file) => baseName(file) !== 'suite.json'),
      files: workspaceFiles(workspaceRoot),
      nxJson: nxJsonConfiguration,
      options: options ?? {},
    })
  },
]
