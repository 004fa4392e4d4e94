/* What `muster why` asks of Nx. */
export type { TaskHash } from './nx/hash-tasks.ts'
export { compareInputs, readInputs, type InputChanges, type InputManifest } from './nx/input-manifest.ts'
export { inputsNow } from './nx/inputs-now.ts'
