import assert from 'node:assert/strict'
import type { Attachment, TestCase } from '@muster/model'
import { mergeCases, readResults, reportRecord, writeCtrf } from '@muster/results'

const PLACE = { root: '/repo', dir: 'e2e' }

const junit = async (inside: string): Promise<{ attachments?: unknown; stdout?: string | undefined }[]> => {
  const { cases } = await readResults(
    'junit',
    `<testsuite><testcase name="a">${inside}</testcase></testsuite>`,
    PLACE,
  )
  return cases.map(({ attachments, stdout }) => ({ attachments, stdout }))
}

const execution = (name: string): TestCase => ({
  path: ['a'],
  status: 'failed',
  durationMs: 1,
  attachments: [{ name, contentType: 'text/plain' }],
})

describe('attachments that a report names', () => {
  it('are marks in the output of JUnit, for a pass as well, and no part of what was printed', async () => {
    const png: Attachment = { name: 'shot.png', contentType: 'image/png', file: 'e2e/out/shot.png' }
    const [passed] = await junit('<system-out>[[ATTACHMENT|out/shot.png]]</system-out>')
    assert.deepEqual(passed, { attachments: [png], stdout: undefined })
    const [failed] = await junit(
      '<failure/><system-out>one\n[[ATTACHMENT|/repo/e2e/out/shot.png]]\ntwo</system-out>' +
        '<system-err>[[ATTACHMENT|a.bin]] [[ATTACHMENT|https://x.org/y.png]] [[ATTACHMENT|</system-err>',
    )
    const bin = { name: 'a.bin', contentType: 'application/octet-stream', file: 'e2e/a.bin' }
    assert.deepEqual(failed, { attachments: [png, bin], stdout: 'one\ntwo' })
  })

  it('are told by CTRF with name and type, and go from one CTRF to another', async () => {
    const told = [
      { name: 'page', contentType: 'image/webp', path: 'out/1.webp' },
      { path: 'out/trace.zip' },
      { name: 'no path' },
      7,
    ]
    const tests = [{ name: 'a', status: 'passed', duration: 1, attachments: told }]
    const { cases } = await readResults('ctrf', JSON.stringify({ results: { summary: {}, tests } }), PLACE)
    const expected = [
      { name: 'page', contentType: 'image/webp', file: 'e2e/out/1.webp' },
      { name: 'trace.zip', contentType: 'application/zip', file: 'e2e/out/trace.zip' },
    ]
    assert.deepEqual(cases[0]?.attachments, expected)
    const record = reportRecord(cases, { command: 'x', complete: true, at: 0, kind: 'e2e', muster: '1.0.0' })
    const again = await readResults('ctrf', writeCtrf(record), { root: '/repo' })
    assert.deepEqual(again.cases[0]?.attachments, expected)
  })

  it('of all executions of a case are kept', () => {
    const [merged] = mergeCases([[execution('first')], [execution('second')]])
    assert.deepEqual(
      merged?.attachments?.map(({ name }) => name),
      ['first', 'second'],
    )
  })
})
