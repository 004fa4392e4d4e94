/* Reading journals, free of heavy imports. */
export { parseEvent, readJournal, type ReadJournal } from './journal/read-journal.ts'
export { isAlive, journalFile, listRuns, readOpenMarker } from './journal/run-store.ts'
