import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { foldRun } from '@muster/model'
import { writeReports } from '@muster/report'
import { sampleEvents } from './support/sample-run.ts'

const record = foldRun(sampleEvents(20, 250), () => [])
const dir = mkdtempSync(join(tmpdir(), 'muster-report-bench-'))
process.once('exit', () => rmSync(dir, { recursive: true, force: true }))

export default {
  'all formats of 5,000 cases': () => writeReports(record, { dir, readOutput: async () => undefined }),
}
