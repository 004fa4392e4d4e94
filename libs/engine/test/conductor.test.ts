import assert from 'node:assert/strict'
import { suiteId, type RunEvent } from '@muster/model'
import { writeEvidence } from '../src/evidence/evidence-store.ts'
import { openMemory } from '../src/evidence/suite-memory.ts'
import { createDispatcher } from '../src/journal/dispatcher.ts'
import { openRun } from '../src/journal/run-store.ts'
import { Conductor, type ConductorOptions } from '../src/run/conductor.ts'
import type { SuiteRequest } from '../src/run/suite-request.ts'
import { inScratch, memoryJournal, RUN, ScriptedUnits, settle, suite } from './support.ts'

const request = (name: string, dependsOn: string[] = []): SuiteRequest => ({
  suite: suite(name),
  task: `${name}:test`,
  dependsOn: dependsOn.map(suiteId),
})

function conduct(root: string, options: Partial<ConductorOptions> = {}) {
  const journal = memoryJournal()
  const units = new ScriptedUnits()
  const dispatcher = createDispatcher(RUN, journal, { now: () => 1 }, [])
  const all = {
    root,
    memory: openMemory(root),
    workers: 2,
    failFast: false,
    useEarlierAnswers: true,
    ...options,
  }
  return { conductor: new Conductor(all, dispatcher, units.start), units, events: journal.events }
}

const answers = (events: readonly RunEvent[]): string[] =>
  events.flatMap((event) =>
    event.kind === 'unit-finished'
      ? `${event.suite} ${event.outcome.status}`
      : event.kind === 'suite-skipped' || event.kind === 'suite-cached'
        ? `${event.suite} ${event.kind.slice(6)}`
        : [],
  )

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
      const { conductor, units, events } = conduct(root)
      await conductor.submit([request('a'), request('b', ['a']), request('c', ['b']), request('d')])
      assert.deepEqual(units.started, ['a', 'd'])
      await units.end('a')
      assert.deepEqual(units.started, ['a', 'd', 'b'])
      await units.end('b', { status: 'failed', failures: 1 })
      await units.end('d')
      assert.deepEqual(answers(events), ['a passed', 'b failed', 'c skipped', 'd passed'])
      assert.ok(conductor.idle)
    }))

  it('answers a suite once though slices ask for it again', () =>
    inScratch(async (root) => {
      const { conductor, units, events } = conduct(root, { workers: 1 })
      await conductor.submit([request('a'), request('b')])
      await units.end('a')
      await conductor.submit([request('b'), request('c')])
      await units.end('b')
      await units.end('c')
      assert.deepEqual(units.started, ['a', 'b', 'c'])
      assert.deepEqual(answers(events), ['a passed', 'b passed', 'c passed'])
    }))

  it('answers everything when it is stopped, once', () =>
    inScratch(async (root) => {
      const { conductor, units, events } = conduct(root, { workers: 1 })
      await conductor.submit([request('a'), request('b')])
      conductor.stop('stopped by SIGINT')
      conductor.stop('stopped by SIGINT')
      await settle()
      assert.deepEqual(units.stopped, ['a'])
      assert.deepEqual(answers(events), ['b skipped', 'a aborted'])
      assert.equal(events.filter((event) => event.kind === 'run-halted').length, 1)
      await conductor.submit([request('late')])
      assert.deepEqual(answers(events).at(-1), 'late skipped')
    }))

  it('turns a bug while starting into an outcome of that suite alone', () =>
    inScratch(async (root) => {
      const journal = memoryJournal()
      const dispatcher = createDispatcher(RUN, journal, { now: () => 1 }, [])
      const conductor = new Conductor(
        { root, memory: openMemory(root), workers: 1, failFast: false, useEarlierAnswers: true },
        dispatcher,
        () => {
          throw new Error('boom')
        },
      )
      await conductor.submit([request('a'), request('b')])
      await settle()
      assert.deepEqual(answers(journal.events), ['a environment-error', 'b environment-error'])
    }))

  it('answers from a run that was cut off, if the content is the same', () =>
    inScratch(async (root) => {
      cutOff(root, 'same')
      const { conductor, units, events } = conduct(root)
      const submitted = conductor.submit([request('a'), request('b', ['a'])])
      await settle()
      assert.deepEqual(units.started, [], 'it waits for the hash')
      conductor.setHashes({ a: 'same', b: 'other' })
      await submitted
      assert.deepEqual(units.started, ['b'])
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
      const submitted = changed.conductor.submit([request('a')])
      await settle()
      changed.conductor.setHashes({ a: 'now' })
      await submitted
      assert.deepEqual(changed.units.started, ['a'])

      const skipping = conduct(root, { useEarlierAnswers: false })
      await skipping.conductor.submit([request('a')])
      assert.deepEqual(skipping.units.started, ['a'])

      openRun(root, RUN, { pid: process.pid, socket: '' })
      const alive = conduct(root)
      await alive.conductor.submit([request('a')])
      assert.deepEqual(alive.units.started, ['a'])
    }))
})
