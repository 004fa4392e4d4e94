import { join } from 'node:path'
import { ok, type UnitPart } from '@muster/model'
import type { SplittingRunner } from '../lazy-runner.ts'
import type { InProcessProgram, RunnerContext } from '../runner.ts'
import { typedProgram } from '../tool/typed-program.ts'
import { workspacePath } from '../workspace-path.ts'
import { findSuite, type MochaSuiteFiles } from './find-suite.ts'
import type { MochaInput } from './input.ts'
import { packIfReady } from './pack-store.ts'
import { partFiles } from './part-files.ts'
import { reproduceCommand } from './reproduce.ts'
import { resolveMocha } from './resolve-mocha.ts'
import { siblingModule } from '../sibling-module.ts'
import { ignoredOptions, unitOptions } from './unit-options.ts'

/** Runs a suite with the mocha that its folder resolves to, in a worker, by mocha's own rules. */
export const mochaRunner: SplittingRunner = {
  name: 'mocha',

  version: async (suite, { root }) => {
    const mocha = resolveMocha(join(root, suite.dir))
    return mocha.ok ? ok(mocha.value.version) : mocha
  },

  files: async (suite, context) => {
    const found = await findSuite(suite, context)
    if (!found.ok) return found
    const { tests, options } = found.value
    const shared = new Set(options.file)
    return ok(tests.filter((file) => !shared.has(file)).map((file) => workspacePath(context.root, file)))
  },

  prepare: async (suite, context, part = {}) => {
    const found = await findSuite(suite, context)
    return found.ok ? ok(program(suite.dir, context, found.value, part)) : found
  },
}

function program(
  dir: string,
  { root, cacheDir, coverageDir }: RunnerContext,
  { cwd, mocha, argv, options, tests, spec }: MochaSuiteFiles,
  part: UnitPart,
): InProcessProgram {
  const files = partFiles({ tests, options }, root, part)
  const input: MochaInput = {
    root,
    cwd,
    mocha,
    pack: packIfReady(mocha, cacheDir),
    options: unitOptions(options.options, options.nodeOptions),
    files: [...new Set([...options.file, ...files])],
    shared: options.file,
    tests,
    ...(part.cases !== undefined && { cases: part.cases }),
    ...(coverageDir !== undefined && { coverageDir }),
  }
  const isPart = part.files !== undefined || part.cases !== undefined
  const reproduce = reproduceCommand({
    dir,
    program: typedProgram(root, dir, 'mocha', join(mocha.dir, 'bin/mocha.js')),
    cwd,
    argv,
    parsed: options.options,
    nodeOptions: options.nodeOptions,
    files,
    spec: isPart && spec === 'used' ? 'replaced' : spec,
    cases: part.cases ?? [],
  })
  const notes = ignoredOptions(options.options)
  return {
    type: 'in-process',
    cwd,
    entry: siblingModule(import.meta.url, 'unit-entry'),
    input,
    scoutInput: { ...input, scout: true } satisfies MochaInput,
    nodeOptions: options.nodeOptions,
    reproduce,
    ...(notes.length > 0 && { notes }),
  }
}
