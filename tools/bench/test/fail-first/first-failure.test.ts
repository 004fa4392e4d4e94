import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { firstFailure, type FirstFailure } from '../../src/fail-first/first-failure.ts'
import { FAILURE_MARK } from '../../src/fail-first/varied-suites.ts'

/** Of a command that does what `code` says. */
async function failureOf(code: string): Promise<FirstFailure> {
  const root = await mkdtemp(join(tmpdir(), 'muster-first-failure-'))
  try {
    await mkdir(join(root, '.git'))
    await writeFile(join(root, 'command.cjs'), code)
    return await firstFailure(root, `${process.execPath} command.cjs`, 's002')
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

const TRACE = `const { appendFileSync } = require('node:fs')
for (const name of ['s001', 's002']) appendFileSync(process.env.BENCH_TRACE, name + ' ' + Date.now() + '\\n')
`

describe('firstFailure', () => {
  it('sees when the suite began and when its failure was told, be it in pieces', async () => {
    const half = FAILURE_MARK.length / 2
    const [head, tail] = [FAILURE_MARK.slice(0, half), FAILURE_MARK.slice(half)]
    const { begun, told, ended } = await failureOf(
      `${TRACE}process.stdout.write('x ${head}', () => process.stdout.write('${tail} y', () => process.exit(1)))`,
    )
    assert.ok(begun >= 0 && begun <= told && told <= ended, `${begun} ${told} ${ended}`)
  })

  it('refuses a command that ends well, or says nothing', async () => {
    await assert.rejects(failureOf(`${TRACE}console.log('${FAILURE_MARK}')`), /exit 0 although s002 fails/)
    await assert.rejects(failureOf(`${TRACE}process.exit(1)`), /never told that s002 fails/)
  })
})
