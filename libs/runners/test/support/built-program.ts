import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { InProcessProgram } from '../../src/index.ts'
import { ROOT } from './fixtures.ts'

// As they are shipped: a suite must not get a loader for TypeScript that it didn't ask for, and compiling the entry
// anew took more of the processor than most of the fixtures do.
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'libs/runners/tsconfig.lib.json'], {
  cwd: ROOT,
})

const SOURCES = join(ROOT, 'libs/runners/src/')
const BUILT = join(ROOT, 'libs/runners/dist/')

/** With the modules that a worker would load; loaded from its sources the runner names its source files. */
export const builtProgram = (program: InProcessProgram): InProcessProgram =>
  JSON.parse(JSON.stringify(program), (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(SOURCES)
      ? BUILT + value.slice(SOURCES.length).replace(/\.ts$/, '.js')
      : value,
  ) as InProcessProgram
