import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { namePattern, vitestArguments } from '../../src/vitest/vitest-arguments.ts'
import { wholeReason } from '../../src/vitest/whole-reason.ts'

const titles = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 })

/** As vitest reads the option. */
const patternOf = (path: readonly string[]): RegExp => {
  const [option] = namePattern([{ path, file: 'src/a.spec.ts' }])
  assert.ok(option !== undefined && option.startsWith('--testNamePattern='))
  return new RegExp(option.slice('--testNamePattern='.length))
}

describe('vitest: arguments', () => {
  it('name a case so that vitest runs it, with and without a project', () => {
    fc.assert(
      fc.property(titles, (path) => {
        assert.match(path.join(' '), patternOf(path))
        assert.match(path.join(' '), patternOf(['project', ...path]))
      }),
    )
  })

  it('name no case that is longer', () => {
    fc.assert(
      fc.property(titles, fc.string({ minLength: 1 }), (path, more) => {
        assert.doesNotMatch(`${path.join(' ')}${more}`, patternOf(path))
      }),
    )
  })

  it('name the group of a hook, and nothing for a file', () => {
    assert.match('outer inner test', patternOf(['outer', 'inner', '"afterAll" hook']))
    assert.doesNotMatch('outer other test', patternOf(['outer', 'inner', '"afterAll" hook']))
    assert.deepEqual(namePattern([{ file: 'src/a.spec.ts', path: ['src/a.spec.ts'] }]), [])
    assert.deepEqual(namePattern([{ file: 'src/a.spec.ts', path: ['project', 'src/a.spec.ts'] }]), [])
  })

  it('become no command line that no system takes', () => {
    const cases = Array.from({ length: 5000 }, (_, index) => ({ path: [`case ${index}`] }))
    assert.deepEqual(namePattern(cases), [])
  })

  it('are kept but for what does not work', () => {
    const args = ['run', '--project', 'web', '--ui', '--reporter', 'junit', '--outputFile.junit=a.xml', '-w']
    assert.deepEqual(vitestArguments({ name: 'vitest', config: 'v.config.ts', args }), {
      kept: ['--config=v.config.ts', '--project', 'web'],
      notes: [
        '--ui is ignored: a run comes to an end.',
        "--reporter is ignored: Muster reads what its own reporter is told, and vitest's default is shown.",
        "--outputFile is ignored: Muster reads what its own reporter is told, and vitest's default is shown.",
        '-w is ignored: a run comes to an end.',
      ],
    })
  })
})

describe('vitest: what must not be split', () => {
  const projects = [{ config: {} }]
  it('is nothing by default', () => {
    const config = { bail: 0, globalSetup: [], sequence: { shuffle: false }, typecheck: { enabled: false } }
    assert.equal(wholeReason({ config, projects }), undefined)
    assert.equal(wholeReason({ config: { sequence: { shuffle: { files: false } } }, projects }), undefined)
  })
  for (const config of [
    { bail: 1 },
    { globalSetup: ['a.ts'] },
    { sequence: { shuffle: true } },
    { sequence: { shuffle: { files: true } } },
    { typecheck: { enabled: true } },
  ]) {
    it(`is ${JSON.stringify(config)}, of a project, too`, () => {
      assert.match(wholeReason({ config, projects }) ?? '', /: /)
      assert.match(wholeReason({ config: {}, projects: [{ config }] }) ?? '', /: /)
    })
  }
})
