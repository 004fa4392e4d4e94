export { formatDiagnostic } from '../diagnostic.ts'
export { putInQuarantine, takeFromQuarantine } from './edit-quarantine.ts'
export { loadQuarantine } from './load-quarantine.ts'
export { entryFor, expiredOf, isExpired, quarantineOf, type Quarantine } from './quarantine.ts'
