/* What `muster why` and `muster doctor` ask of Nx. */
export type { TaskHash } from './nx/hash-tasks.ts'
export { compareInputs, readInputs, type InputChanges, type InputManifest } from './nx/input-manifest.ts'
export { loadWorkspaceSuites } from './inference/load-workspace-suites.ts'
export { inputsNow } from './nx/inputs-now.ts'
export { planSettings } from './executors/run-settings.ts'
export { pluginOptionProblems, pluginOptions } from './nx/plugin-options.ts'
export { readNxJson } from './nx/read-nx-json.ts'
