import { connectSuites, findDeclarations, loadSuites, type LoadedSuites } from '@muster/graph'
import type { NxJsonConfiguration } from '../nx/devkit.ts'
import { pluginOptions, type NxJsonLike } from '../nx/plugin-options.ts'
import { readNxJson } from '../nx/read-nx-json.ts'
import type { InferenceOptions } from './inference-options.ts'

/**
 * All suites as Nx is told them, also those that no suite.json declares.
 * @param root absolute; where its nx.json can't be read, nothing is inferred
 */
export async function loadWorkspaceSuites(root: string): Promise<LoadedSuites> {
  const nxJson = tryNxJson(root)
  const options = pluginOptions(nxJson) as InferenceOptions
  if (options.infer === undefined) return loadSuites(root)
  const { gatherSuites, WORKSPACE_GLOB } = await import('./gather-suites.ts')
  const { placeSuites } = await import('./infer-suites.ts')
  const matched = await findDeclarations(root, WORKSPACE_GLOB)
  const { parsed } = placeSuites(await gatherSuites(root, matched, nxJson as NxJsonConfiguration, options))
  return connectSuites(parsed)
}

function tryNxJson(root: string): NxJsonLike {
  try {
    return readNxJson(root)
  } catch {
    return {}
  }
}
