import type { RunRecord } from '@muster/model'
import { readRecord } from './support.ts'
import type { ScratchWorkspace } from '@muster/testkit'

const PRICE = `interface Item {
  readonly price: number
  readonly count?: number
}

export function total(items: readonly Item[], discount = 0): number {
  let sum = 0
  for (const { price, count } of items) {
    sum += price * (count ?? 1)
  }
  if (discount > 0) {
    sum -= sum * discount
  }
  return sum
}

export const label = (sum: number): string => (sum > 100 ? 'expensive' : sum > 10 ? 'fair' : 'cheap')

export class Cart {
  readonly #items: Item[] = []
  add(item: Item): this {
    this.#items.push(item)
    return this
  }
  get total(): number {
    return total(this.#items)
  }
  clear(): void {
    this.#items.length = 0
  }
}
`

/** Prints what it is asked for; run as a process of its own by a test. */
const CLI = `import { label, total } from './price.ts'
const price = Number(process.argv[2])
if (Number.isNaN(price)) {
  console.error('not a number')
  process.exitCode = 2
} else console.log(label(total([{ price }])))
`

const NEVER_LOADED = `export function never(a: boolean): number {
  if (a) return 1
  return 2
}
`

const spec = (...tests: readonly string[]): string => `import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Cart, label, total } from '../../packages/shop/src/price.ts'
const cli = fileURLToPath(new URL('../../packages/shop/src/cli.ts', import.meta.url))
const run = (...args: string[]) => spawnSync(process.execPath, ['--import', 'tsx', cli, ...args], { encoding: 'utf8' })
${tests.join('\n')}
`

const TESTS = [
  "it('adds up', () => assert.equal(total([{ price: 2 }, { price: 3, count: 2 }]), 8))",
  "it('labels', () => assert.deepEqual([label(1), label(200)], ['cheap', 'expensive']))",
  "it('has a cart', () => assert.equal(new Cart().add({ price: 1 }).total, 1))",
  "it('is a program', () => assert.equal(run('20').stdout, 'fair\\n'))",
]

/** A TypeScript project and one suite of it in four test files, which starts a process of its own, too. */
export const shopFiles = (declare: object = {}): Record<string, string> => ({
  'packages/shop/package.json': JSON.stringify({ name: 'shop', version: '0.0.0', type: 'module' }),
  'packages/shop/src/price.ts': PRICE,
  'packages/shop/src/cli.ts': CLI,
  'packages/shop/src/never.ts': NEVER_LOADED,
  'packages/shop/src/price.test.ts': 'throw new Error("not a file of the suite")\n',
  'suites/shop/suite.json': JSON.stringify({
    name: 'shop-unit',
    kind: 'unit',
    runner: { name: 'mocha', options: { timeout: '20s' } },
    covers: ['shop'],
    coverage: true,
    ...declare,
  }),
  'suites/shop/.mocharc.json': JSON.stringify({ 'node-option': ['import=tsx'], extension: ['ts'] }),
  ...Object.fromEntries(TESTS.map((test, index) => [`suites/shop/${index}.spec.ts`, spec(test)])),
})

/** What the run covers, as it is in run.json. */
export async function coveredBy(workspace: ScratchWorkspace): Promise<NonNullable<RunRecord['coverage']>> {
  const { coverage } = await readRecord(workspace)
  if (!coverage) throw new Error('the record has no coverage')
  return coverage
}
