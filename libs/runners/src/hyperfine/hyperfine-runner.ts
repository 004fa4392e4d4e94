import { resolve } from 'node:path'
import { caseName, err, ok, type HyperfineSpec } from '@muster/model'
import type { InProcessProgram, Runner } from '../runner.ts'
import { siblingModule } from '../sibling-module.ts'
import { commandsOf } from './commands-of.ts'
import { findHyperfine } from './find-hyperfine.ts'
import type { HyperfineInput } from './unit-entry.ts'

/** Measures commands with the hyperfine of the PATH. */
export const hyperfineRunner: Runner = {
  name: 'hyperfine',

  version: (_suite, context) => findHyperfine(context),

  prepare: async (suite, context, { cases } = {}) => {
    const found = await findHyperfine(context)
    if (!found.ok) return found
    const spec = suite.runner as HyperfineSpec
    const all = commandsOf(spec)
    const wanted = new Set(cases?.map(caseName))
    const commands = cases ? all.filter(({ name }) => wanted.has(name)) : all
    if (commands.length === 0)
      return err({ type: 'no-files', message: 'None of the benchmarks that were asked for is declared.' })
    const cwd = resolve(context.root, suite.dir)
    const input: HyperfineInput = { cwd, commands, spec, source: suite.source }
    const program: InProcessProgram = {
      type: 'in-process',
      cwd,
      entry: siblingModule(import.meta.url, 'unit-entry'),
      input,
      nodeOptions: [],
      ownProcess: true,
      reproduce: `npx muster run --target bench --suites ${suite.id} --skip-cache`,
    }
    return ok(program)
  },
}
