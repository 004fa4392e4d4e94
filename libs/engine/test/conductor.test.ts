import assert from 'node:assert/strict'
import { suiteId } from '@muster/model'
import { writeEvidence } from '../src/evidence/evidence-store.ts'
import { openRun } from '../src/journal/run-store.ts'
import { answered, capacity, conduct, request } from './conduct.ts'
import { inScratch, RUN, settle } from './support.ts'

/** A pid that no process has: pids end at 2^22 on Linux. */
const NOBODY = 2 ** 22 + 1

/** A run that finished suite `a` under `hash` and was then killed. */
const cutOff = (root: string, hash: string): void => {
  openRun(root, RUN, { pid: NOBODY, socket: '' })
  const cases = [{ path: ['t'], status: 'passed', durationMs: 1 }] as const
  writeEvidence(root, { suite: suiteId('a'), kind: 'unit', runId: RUN, at: 3, hash, durationMs: 7, cases })
}

describe('conductor', () => {
  it('starts a suite when its dependencies have passed, and skips it when one did not', () =>
    inScratch(async (root) => {
      const { conductor, units, submit, events } = conduct(root)
      await submit([request('a'), request('b', ['a']), request('c', ['b']), request('d')])
      await units.haveStarted(['a', 'd'])
      await units.end('a')
      await units.haveStarted(['a', 'd', 'b'])
      await units.end('b', { status: 'failed', failures: 1 })
      await units.end('d')
      await answered(events, ['a passed', 'b failed', 'c skipped', 'd passed'])
      assert.ok(conductor.idle)
    }))

  it('answers a suite once though slices ask for it again', () =>
    inScratch(async (root) => {
      const { submit, units, events } = conduct(root, { capacity: capacity(1) })
      await submit([request('a'), request('b')])
      await units.end('a')
      await submit([request('b'), request('c')])
      await units.end('b')
      await units.end('c')
      await units.haveStarted(['a', 'b', 'c'])
      await answered(events, ['a passed', 'b passed', 'c passed'])
    }))

  it('answers everything when it is stopped, once', () =>
    inScratch(async (root) => {
      const { conductor, submit, units, events } = conduct(root, { capacity: capacity(1) })
      await submit([request('a'), request('b')])
      await units.haveStarted(['a'])
      conductor.stop('stopped by SIGINT')
      conductor.stop('stopped by SIGINT')
      assert.deepEqual(units.stopped, ['a'])
      await answered(events, ['b skipped', 'a aborted'])
      assert.equal(events.filter((event) => event.kind === 'run-halted').length, 1)
      await submit([request('late')])
      await answered(events, ['b skipped', 'a aborted', 'late skipped'])
    }))

  it('turns a bug while starting into an outcome of that suite alone', () =>
    inScratch(async (root) => {
      const { submit, units, events } = conduct(root)
      units.fail = new Error('boom')
      await submit([request('a'), request('b')])
      await answered(events, ['a environment-error', 'b environment-error'])
    }))

  it('answers from a run that was cut off, if the content is the same', () =>
    inScratch(async (root) => {
      cutOff(root, 'same')
      const { conductor, submit, units, events } = conduct(root)
      const submitted = submit([request('a'), request('b', ['a'])])
      await settle()
      assert.deepEqual(units.started, [], 'it waits for the hash')
      conductor.setHashes({ a: 'same', b: 'other' })
      await submitted
      await units.haveStarted(['b'])
      const cached = events.find((event) => event.kind === 'suite-cached')
      assert.deepEqual(cached?.kind === 'suite-cached' && cached.origin, {
        runId: RUN,
        at: 3,
        source: 'journal',
      })
    }))

  it('runs it when the content has changed, when caches are skipped, and after a run that ended well', () =>
    inScratch(async (root) => {
      cutOff(root, 'before')
      const changed = conduct(root)
      const submitted = changed.submit([request('a')])
      await settle()
      changed.conductor.setHashes({ a: 'now' })
      await submitted
      await changed.units.haveStarted(['a'])

      const skipping = conduct(root, { useEarlierAnswers: false })
      await skipping.submit([request('a')])
      await skipping.units.haveStarted(['a'])

      openRun(root, RUN, { pid: process.pid, socket: '' })
      const alive = conduct(root)
      await alive.submit([request('a')])
      await alive.units.haveStarted(['a'])
    }))
})
