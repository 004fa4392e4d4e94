export { attach, connectTo, socketPath } from './coordinator/client.ts'
export { addHashToEvidence, readEvidence } from './evidence/evidence-store.ts'
export { openMemory, type Memory } from './evidence/suite-memory.ts'
export { finishRun, finishUnasked, type FinishOrder } from './finish/finish-run.ts'
export { loadRunCoverage, type RunCoverage } from './finish/merge-run-coverage.ts'
export { publishLatest } from './finish/publish-latest.ts'
export { publishRecord, publishRun, type Published } from './finish/publish-run.ts'
export { updateHistory } from './finish/update-history.ts'
export { readOutput } from './journal/output-store.ts'
export { parseEvent, readJournal, type ReadJournal } from './journal/read-journal.ts'
export {
  cacheDir,
  closeRun,
  coverageReportDir,
  historyFile,
  isAlive,
  journalFile,
  listRuns,
  musterDir,
  readOpenMarker,
  reportsDir,
  runDir,
  wasCutOff,
} from './journal/run-store.ts'
export { lastRecords } from './run/last-failures.ts'
export { loadRecord } from './run/load-record.ts'
export { MUSTER_VERSION } from './version.ts'
