import { readFileSync, writeFileSync } from 'node:fs'
import type { MochaFiles } from './input.ts'
import { compilePack } from './load-mocha.ts'
import type { MochaEventSource } from './mocha-api.ts'

// A process that runs a small suite through a pack and then writes the pack's code cache, which so holds the
// functions that every suite needs: V8 compiles lazily and caches only what was compiled.
const { files, code, cache } = JSON.parse(process.argv[2] ?? '') as Input
const { modules, script } = compilePack(files, readFileSync(code, 'utf8'), undefined)

const nothing = (): void => undefined

function silent(runner: MochaEventSource): void {
  runner.on('pass', nothing).on('fail', nothing)
}

await modules.PluginLoader.create().finalize()
const mocha = new modules.Mocha({ reporter: silent, ui: 'bdd', timeout: 2000 })
await mocha.loadFilesAsync()
const globals: Record<string, unknown> = {}
mocha.suite.emit('pre-require', globals, '', mocha)
declareSample(globals as unknown as Dsl)
mocha.suite.emit('post-require', globals, '', mocha)
await new Promise<void>((resolve) => mocha.run(() => resolve()))
writeFileSync(cache, script.createCachedData())

interface Input {
  readonly files: MochaFiles
  readonly code: string
  readonly cache: string
}

interface Dsl {
  readonly describe: (title: string, body: () => void) => void
  readonly it: (title: string, body?: (done?: () => void) => unknown) => { retries(count: number): void }
  readonly before: (body: () => void) => void
  readonly beforeEach: (body: () => void) => void
  readonly afterEach: (body: () => void) => void
  readonly after: (body: () => void) => void
}

function declareSample({ describe, it, before, beforeEach, afterEach, after }: Dsl): void {
  describe('outer', () => {
    before(nothing)
    beforeEach(nothing)
    afterEach(nothing)
    after(nothing)
    it('passes', nothing)
    it('waits', async () => null)
    it('calls back', (done) => done?.())
    it('is pending')
    it('fails', () => {
      throw new Error('on purpose')
    }).retries(1)
    describe('inner', () => {
      it('passes', nothing)
    })
  })
}
