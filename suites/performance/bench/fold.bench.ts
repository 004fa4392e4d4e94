import { foldRun } from '@muster/model'
import { sampleEvents } from './support/sample-run.ts'

const events = sampleEvents(50, 100)

export default {
  '5,000 cases of 50 suites': () => foldRun(events, () => []),
}
