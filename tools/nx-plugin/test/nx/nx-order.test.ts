import assert from 'node:assert/strict'
import { nxArguments, nxCommandLine, type NxOrder } from '../../src/nx/nx-order.ts'

const all: NxOrder = {
  root: '/w',
  nx: '/w/nx.js',
  target: 'test',
  affected: false,
  skipCache: false,
  overrides: [],
}
const some: NxOrder = {
  ...all,
  affected: true,
  projects: ['directory:libs/a', 'directory:libs/b'],
  base: 'main',
  head: 'HEAD',
  skipCache: true,
  overrides: ['--failed'],
}

describe('an order to Nx', () => {
  it('as a command line', () => {
    assert.deepEqual(nxCommandLine(all), ['run-many', '-t', 'test', '--output-style=static'])
    assert.equal(
      nxCommandLine(some).join(' '),
      'affected -t test --projects=directory:libs/a,directory:libs/b --base=main --head=HEAD --skip-nx-cache --output-style=static --failed',
    )
  })

  it('as arguments leaves out what was not asked for, so that Nx finds its own defaults', () => {
    assert.deepEqual(nxArguments(all, {}), {
      targets: ['test'],
      all: true,
      skipNxCache: false,
      nxBail: false,
      verbose: false,
      outputStyle: 'static',
      __overrides_unparsed__: [],
    })
  })

  it('as arguments takes what Nx would take from the environment', () => {
    const args = nxArguments(some, { NX_BAIL: 'true', NX_VERBOSE_LOGGING: 'true' })
    assert.equal(args['nxBail'], true)
    assert.equal(args['verbose'], true)
    assert.equal(args['skipNxCache'], true)
    assert.deepEqual(args['projects'], some.projects)
    assert.deepEqual(args['__overrides_unparsed__'], ['--failed'])
    assert.deepEqual([args['base'], args['head'], 'all' in args], ['main', 'HEAD', false])
  })
})
