import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { commandWords } from '../../src/adoption/command-words.ts'
import { readCommand } from '../../src/adoption/read-command.ts'

describe('commandWords', () => {
  it('are what a shell would make of quoted words', () => {
    const quoted = fc.oneof(
      fc.stringMatching(/^[^']*$/).map((word) => [`'${word}'`, word] as const),
      fc.stringMatching(/^[^"$`\\]*$/).map((word) => [`"${word}"`, word] as const),
      fc.stringMatching(/^[\w./:=@*-]+$/).map((word) => [word, word] as const),
    )
    fc.assert(
      fc.property(fc.array(quoted), (words) => {
        const command = words.map(([text]) => text).join(' ')
        assert.deepEqual(commandWords(command), { ok: true, value: words.map(([, word]) => word) })
      }),
    )
  })

  it('never throw, and never hide an operator', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('&&', '|', ';', '>', '$(x)', '`x`', '\n'),
        (text, operator) => {
          commandWords(text)
          assert.equal(commandWords(`vitest ${operator} ${text}`).ok, false)
        },
      ),
    )
  })
})

describe('readCommand', () => {
  const understood: [string, object][] = [
    ['vitest run', { runner: { name: 'vitest', args: [] } }],
    ['vitest', { runner: { name: 'vitest', args: [] } }],
    ['pnpm vitest run', { runner: { name: 'vitest', args: [] } }],
    ['npx --yes jest', { runner: { name: 'jest', args: [] } }],
    [
      'npx vitest run --config ./vitest.unit.ts --reporter=dot --project web',
      { runner: { name: 'vitest', args: ['--project', 'web'], config: 'vitest.unit.ts' } },
    ],
    ['vitest --watch=false --passWithNoTests', { runner: { name: 'vitest', args: [] }, allowNoTests: true }],
    [
      'jest -c jest.e2e.js --ci -i',
      { runner: { name: 'jest', args: ['--ci', '-i'], config: 'jest.e2e.js' } },
    ],
    [
      "node --import tsx --test-reporter spec --test 'test/**/*.test.ts'",
      {
        runner: { name: 'node:test', args: ['--import', 'tsx'] },
        include: ['test/**/*.test.ts'],
        allowNoTests: true,
      },
    ],
    [
      'node --test test/',
      { runner: { name: 'node:test', args: [] }, include: ['test/**/*.{js,cjs,mjs}'], allowNoTests: true },
    ],
    ['tsx --test', { runner: { name: 'node:test', args: ['--import', 'tsx'] }, allowNoTests: true }],
    [
      'mocha -r tsx --timeout 5s --reporter dot "test/**/*.spec.ts"',
      {
        runner: { name: 'mocha', options: { require: ['tsx'], timeout: '5s' } },
        include: ['test/**/*.spec.ts'],
      },
    ],
    ['mocha', { runner: { name: 'mocha', options: {} }, include: ['test/*.{js,cjs,mjs}'] }],
    ['mocha --recursive', { runner: { name: 'mocha', options: {} }, include: ['test/**/*.{js,cjs,mjs}'] }],
    ['playwright test --grep smoke', { runner: { name: 'playwright', args: ['--grep', 'smoke'] } }],
    [
      'uv run pytest -q -k fast tests',
      {
        runner: { name: 'pytest', args: ['-k', 'fast'] },
        include: ['tests/**/test_*.py', 'tests/**/*_test.py'],
      },
    ],
    ['python -m pytest', { runner: { name: 'pytest', args: [] } }],
    ['go test ./...', { runner: { name: 'go', args: [] }, allowNoTests: true }],
    ['go test -run X', { runner: { name: 'go', args: ['-run', 'X'] }, include: ['.'], allowNoTests: true }],
    ['cargo test --features a', { runner: { name: 'cargo', args: ['--features', 'a'] }, allowNoTests: true }],
  ]
  for (const [command, expected] of understood) {
    it(`understands ${command}`, () => {
      assert.deepEqual(readCommand(command), { ok: true, value: expected })
    })
  }

  const refused: [string, RegExp][] = [
    ['tsc && vitest run && echo ok', /shell \(&&\)/],
    ['vitest run | tee log', /shell/],
    ['CI=1 vitest run', /sets CI in the environment/],
    ['cross-env CI=1 jest', /it sets CI in the environment/],
    ['c8 mocha', /c8 is no test runner/],
    ['vitest run src', /only runs a part \(src\)/],
    ['node --test lib', /only runs a part \(lib\)/],
    ['vitest watch', /no plain run/],
    ['jest --watchAll', /it uses --watchAll/],
    ['jest --config {"a":1}', /names no file/],
    ['node test.js', /without --test/],
    ['go vet ./...', /runs no tests/],
    ['mocha --parallel', /--parallel/],
    ['', /empty/],
  ]
  for (const [command, reason] of refused) {
    it(`doesn't pretend to understand ${JSON.stringify(command)}`, () => {
      const read = readCommand(command)
      assert.match(read.ok ? 'understood' : read.error, reason)
    })
  }
})
