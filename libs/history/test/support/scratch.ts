import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Scratch {
  readonly dir: string
  path(name: string): string
  remove(): void
}

/** A folder of its own for one test. */
export function scratch(): Scratch {
  const dir = mkdtempSync(join(tmpdir(), 'muster-history-'))
  return {
    dir,
    path: (name) => join(dir, name),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}
