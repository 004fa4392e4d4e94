import { readResults, writeJUnit } from '@muster/results'
import { foldRun } from '@muster/model'
import { sampleEvents } from './support/sample-run.ts'

const xml = writeJUnit(foldRun(sampleEvents(20, 100), () => []))

export default {
  'reads 2,000 cases': () => readResults('junit', xml),
}
