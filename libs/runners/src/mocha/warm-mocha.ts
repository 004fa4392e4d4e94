import { partiesOf } from './options-cache.ts'
import { expectQuestions } from './options-client.ts'
import { packIfReady } from './pack-store.ts'
import { resolveMocha } from './resolve-mocha.ts'

/**
 * Begins what the first suites of a first run would wait for: the process that reads mocha's options, and the pack.
 * Nothing where the workspace's root has no mocha, or an earlier run has left both.
 */
export function warmMocha(root: string, cacheDir: string): void {
  const mocha = resolveMocha(root)
  if (!mocha.ok || packIfReady(mocha.value, cacheDir) !== null) return
  const request = { mochaDir: mocha.value.dir, dir: root, argv: [], env: {}, collect: false }
  expectQuestions(request, partiesOf(mocha.value, request))
}
