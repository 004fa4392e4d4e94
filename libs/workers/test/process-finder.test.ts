import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'

import * as fc from 'fast-check'

import { killTree } from '../src/processes/kill-tree.ts'
import { isOfPool, MARKER, markerValue, newToken, tokensOf } from '../src/processes/marker.ts'
import { ProcessFinder } from '../src/processes/process-finder.ts'
import { psRows } from '../src/processes/process-table.ts'

describe('the marker', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '.', '1'), minLength: 1, maxLength: 4 })

  it('is found in any environment, nested as deep as pools run in tests of pools', () => {
    const entry = fc.oneof(
      fc.constant(`X${MARKER}=no`),
      fc.tuple(word, word).map(([name, value]) => `${name}=${value}`),
    )
    fc.assert(
      fc.property(
        fc.array(entry),
        fc.array(word, { minLength: 1 }),
        fc.array(entry),
        (before, tokens, after) => {
          const value = tokens.reduce<string | undefined>(markerValue, undefined)
          const environ = [...before, `${MARKER}=${value}`, ...after].map((each) => `${each}\0`).join('')
          assert.deepEqual(tokensOf(Buffer.from(environ)), tokens)
          assert.deepEqual(tokensOf(Buffer.from(before.map((each) => `${each}\0`).join(''))), [])
        },
      ),
    )
  })

  it('tells pools apart', () => {
    assert.ok(isOfPool('ab', 'ab.1'))
    assert.ok(!isOfPool('a', 'ab.1'))
  })
})

describe('killTree', () => {
  it('kills exactly what is asked for, deaf ones by SIGKILL', async () => {
    const pool = newToken()
    const finder = new ProcessFinder(pool)
    const deaf = `trap '' TERM; echo ready; while :; do sleep 7301; done`
    const begin = async (token: string): Promise<number> => {
      const env = { ...process.env, [MARKER]: markerValue('outer.1', `${pool}.${token}`) }
      const child = spawn('/bin/sh', ['-c', deaf], {
        env,
        detached: true,
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      await once(child.stdout, 'data')
      return child.pid ?? 0
    }
    const [one, two] = [await begin('1'), await begin('2')]
    const find = (token: string): number[] =>
      finder.find({ tokens: [`${pool}.${token}`] }).map(({ pid }) => pid)
    assert.ok(find('1').includes(one) && !find('1').includes(two))
    assert.deepEqual(await killTree(finder, { tokens: [`${pool}.1`] }, { graceMs: 50 }), [])
    assert.deepEqual(find('1'), [])
    assert.ok(find('2').includes(two))
    assert.deepEqual(await killTree(finder, { tokens: [`${pool}.2`] }, { graceMs: 0 }), [])
    assert.deepEqual(finder.findAll(), [])
  })

  it('knows processes, parents and groups from ps where there is no /proc', async () => {
    const child = spawn('sleep', ['7302'], { detached: true, stdio: 'ignore' })
    await once(child, 'spawn')
    const row = psRows().find(({ pid }) => pid === child.pid)
    child.kill()
    assert.deepEqual(row, {
      pid: child.pid,
      parent: process.pid,
      group: child.pid,
      zombie: false,
      command: 'sleep 7302',
    })
  })
})
