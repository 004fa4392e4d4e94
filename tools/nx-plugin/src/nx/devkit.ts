/*
 * The part of Nx's devkit that is inside `nx` itself; the package @nx/devkit adds little to it, works only with
 * its own major version of Nx, and in a workspace without it npm would choose the newest, whatever the Nx there.
 * The same in Nx 22.7, 23.3 and 24.0.
 */
export {
  createProjectGraphAsync,
  getPackageManagerCommand,
  getProjects,
  glob,
  logger,
  readCachedProjectGraph,
  readJson,
  readNxJson,
  updateJson,
  workspaceRoot,
  type CreateNodes,
  type CreateNodesResultArray,
  type ExecutorContext,
  type GeneratorCallback,
  type NxJsonConfiguration,
  type ProjectConfiguration,
  type ProjectGraph,
  type TargetConfiguration,
  type Tree,
} from 'nx/src/devkit-exports'
