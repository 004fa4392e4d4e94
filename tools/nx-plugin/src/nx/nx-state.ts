import { createRequire } from 'node:module'
import type { NxJsonLike } from './plugin-options.ts'

/*
 * What Nx knows of itself in the process that asks. Internal API, the same in Nx 22.7, 23.3 and 24.0: each is one small
 * file, where the devkit, which exports some of it, would cost the batch worker 80 ms of CPU.
 */

const load = createRequire(import.meta.url)

export const isDaemonEnabled = (): boolean =>
  (load('nx/src/daemon/client/client') as { isDaemonEnabled: () => boolean }).isDaemonEnabled()

/** Of the workspace that this process works in, absolute. */
export const nxCacheDir = (): string =>
  (load('nx/src/utils/cache-directory') as { cacheDir: string }).cacheDir

export const isNxCloudUsed = (nxJson: NxJsonLike): boolean =>
  (load('nx/src/utils/nx-cloud-utils') as { isNxCloudUsed: (nxJson: NxJsonLike) => boolean }).isNxCloudUsed(
    nxJson,
  )
