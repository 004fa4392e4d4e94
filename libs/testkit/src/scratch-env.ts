import { dirname, delimiter, join } from 'node:path'
import { cleanEnv, type Env } from './clean-env.ts'

/** Marks every process that a scratch workspace starts, however far it wanders. */
export const SCRATCH_MARKER = 'SCRATCH_WORKSPACE'

/** What Nx must see in a scratch workspace: no cloud, no daemon, no TUI, and nothing outside `root` written. */
export function scratchEnv(root: string, extra: Env = {}): Env {
  const base = cleanEnv()
  return {
    ...base,
    // The Node that runs the tests is the one that `#!/usr/bin/env node` finds.
    PATH: [dirname(process.execPath), base['PATH']].join(delimiter),
    [SCRATCH_MARKER]: root,
    NX_NO_CLOUD: 'true',
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    // What it builds in the background would still be written when the workspace is deleted.
    NX_COMPILE_CACHE: 'false',
    NX_CACHE_DIRECTORY: join(root, '.nx/cache'),
    NX_WORKSPACE_DATA_DIRECTORY: join(root, '.nx/workspace-data'),
    ...extra,
  }
}
