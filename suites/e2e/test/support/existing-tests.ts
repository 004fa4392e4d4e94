import type { ScratchWorkspace } from '@muster/testkit'

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

interface Existing {
  readonly files: Readonly<Record<string, string>>
  /** The runner's own command, which says its own counts. */
  readonly command: readonly [string, ...string[]]
  readonly read: (stdout: string) => Counts
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** The format that jest made up and vitest took over. */
function jestJson(stdout: string): Counts {
  const text = stdout.slice(stdout.indexOf('{"'))
  const report = JSON.parse(text) as Readonly<Record<string, number>>
  return {
    passed: report['numPassedTests'] ?? 0,
    failed: report['numFailedTests'] ?? 0,
    skipped: report['numPendingTests'] ?? 0,
  }
}

function tap(stdout: string): Counts {
  const count = (what: string): number => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(stdout)?.[1])
  return { passed: count('pass'), failed: count('fail'), skipped: count('skipped') }
}

const VITEST = ['vitest', 'run', '--reporter=json'] as const

const vitestTest = (expected: number): string =>
  `import { expect, test } from 'vitest'
import { sum } from './sum.mjs'

test('sums', () => expect(sum(1, 2)).toBe(${expected}))
test.each([1, 2])('is a number: %i', (n) => expect(n).toBeTypeOf('number'))
test.skip('later', () => {})
`

/** One project for each way in which tests are defined before Muster, by the folder's name. */
export const EXISTING: Readonly<Record<string, Existing>> = {
  vitest: {
    files: {
      'package.json': json({ name: '@shop/vitest' }),
      'vitest.config.mjs': "export default { test: { include: ['src/**/*.check.mjs'] } }\n",
      'src/sum.mjs': 'export const sum = (a, b) => a - b\n',
      'src/sum.check.mjs': vitestTest(3),
    },
    command: VITEST,
    read: jestJson,
  },
  jest: {
    files: {
      'package.json': json({ name: '@shop/jest', jest: { testMatch: ['**/*.spec.js'] } }),
      'a.spec.js':
        "test('a', () => {})\ndescribe('b', () => {\n  test('c', () => {})\n  test.skip('d', () => {})\n})\n",
      'b.test.js': "test('not matched', () => {})\n",
    },
    command: ['jest', '--json', '--silent'],
    read: jestJson,
  },
  node: {
    files: {
      'package.json': json({ name: '@shop/node', scripts: { test: 'node --test' } }),
      'a.test.js':
        "const { test } = require('node:test')\ntest('a', () => {})\ntest('b', { skip: true }, () => {})\n",
    },
    command: ['node', '--test', '--test-reporter=tap'],
    read: tap,
  },
  script: {
    files: {
      'package.json': json({
        name: '@shop/script',
        scripts: { test: 'vitest run -t number', build: 'true' },
      }),
      'sum.mjs': 'export const sum = (a, b) => a + b\n',
      'sum.test.mjs': vitestTest(3),
    },
    command: [...VITEST, '-t', 'number'],
    read: jestJson,
  },
  command: {
    files: {
      'project.json': json({
        name: '@shop/command',
        targets: {
          test: {
            executor: 'nx:run-commands',
            options: { command: 'vitest run', cwd: '{projectRoot}' },
            inputs: ['default', '{workspaceRoot}/data.json'],
          },
        },
      }),
      'sum.mjs': 'export const sum = (a, b) => a + b\n',
      'sum.test.mjs': vitestTest(3),
    },
    command: VITEST,
    read: jestJson,
  },
}

export async function addExistingTests(workspace: ScratchWorkspace): Promise<void> {
  for (const [name, { files }] of Object.entries(EXISTING)) {
    for (const [path, text] of Object.entries(files)) await workspace.write(`packages/${name}/${path}`, text)
  }
  await workspace.commitAll('Tests')
}

/** What each runner says of its tests when nobody else is there, by suite. */
export async function ownCounts(workspace: ScratchWorkspace): Promise<Record<string, Counts>> {
  const counts: Record<string, Counts> = {}
  for (const [name, { command, read }] of Object.entries(EXISTING)) {
    const [program, ...args] = command
    const path = program === 'node' ? process.execPath : workspace.bin(program)
    const { stdout } = await workspace.run([path, ...args], { cwd: `packages/${name}` })
    counts[`@shop/${name}`] = read(stdout)
  }
  return counts
}
