import { closest } from '@muster/graph'
import { INFERABLE } from '../adoption/adopted-suite.ts'
import type { CreateNodes } from '../nx/devkit.ts'
import { headStartFromNx } from '../nx/head-start.ts'
import { gatherSuites, WORKSPACE_GLOB } from './gather-suites.ts'
import type { InferenceOptions } from './inference-options.ts'
import { inferSuites } from './infer-suites.ts'
import { baseName } from './known-projects.ts'

/** Suites as Nx targets. */
export const createNodes: CreateNodes<InferenceOptions> = [
  WORKSPACE_GLOB,
  async (matched, given, { workspaceRoot, nxJsonConfiguration }) => {
    const options = given ?? {}
    if (options.infer) complainOfUnknown(options.infer)
    else if (!matched.some((file) => baseName(file) === 'suite.json')) return []
    const suites = await gatherSuites(workspaceRoot, matched, nxJsonConfiguration, options)
    headStartFromNx(workspaceRoot, nxJsonConfiguration)
    return inferSuites(suites)
  },
]

/** No suite could say so: there is none, which is what is wrong. Not an error, which would take the graph along. */
function complainOfUnknown(infer: readonly string[]): void {
  for (const name of infer.filter((each) => !INFERABLE.includes(each))) {
    const meant = closest(name, INFERABLE)
    const hint = meant === undefined ? INFERABLE.join(', ') : `did you mean ${JSON.stringify(meant)}?`
    console.warn(`nx.json: @muster/nx can't infer tests of ${JSON.stringify(name)}; ${hint}`)
  }
}
