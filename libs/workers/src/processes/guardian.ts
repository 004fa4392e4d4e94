import { spawn, type ChildProcess } from 'node:child_process'

import { ownModule } from '../own-module.ts'

/**
 * Waits for the end of its input, which comes however its writer ends. A shell, as it must cost nothing
 * while nothing happens: 1 MB and 2 ms, where a node process is 40 MB and 80 ms. It becomes the sweeper then.
 */
const SCRIPT = `trap '' INT TERM HUP
while read -r line; do [ "$line" = bye ] && exit 0; done
exec "$@" >/dev/null 2>&1`

/**
 * A process that outlives us for a moment: when this process dies, even by kill -9 and with a test
 * blocking its host's event loop, it kills everything that carries the pool's marker.
 */
export interface Guardian {
  /** Lets it go without a sweep; everything is dead already. */
  dismiss(): void
}

export function startGuardian(pool: string, root: string): Guardian {
  if (process.platform === 'win32') return { dismiss: () => undefined }
  let dismissed = false
  let respawns = 3
  let child: ChildProcess
  const start = (): void => {
    const command = [process.execPath, ownModule('processes/sweep-program'), pool]
    child = spawn('/bin/sh', ['-c', SCRIPT, 'muster-guardian', ...command], {
      cwd: root,
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
    child.unref()
    const input = child.stdin as unknown as { unref(): void } | null
    input?.unref()
    child.stdin?.on('error', () => undefined)
    // Somebody who kills every process in sight may have meant others.
    child.once('exit', () => {
      if (!dismissed && respawns-- > 0) start()
    })
    child.once('error', () => undefined)
  }
  start()
  return {
    dismiss() {
      dismissed = true
      child.stdin?.end('bye\n')
    },
  }
}
