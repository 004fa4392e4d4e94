import {
  closeSync,
  constants,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import {
  countCases,
  err,
  EVIDENCE_FILE,
  EVIDENCE_VERSION,
  evidenceDir,
  ok,
  type CoverageSummary,
  type Evidence,
  type Result,
  type TestCase,
} from '@muster/model'
import { decodeCases, encodeCases, sha256 } from '../journal/output-store.ts'
import { removeCoverage, writeCoverage } from './coverage-store.ts'

export interface ReadEvidence {
  readonly evidence: Evidence
  readonly cases: readonly TestCase[]
  /** As `@muster/coverage` encodes it, where it was asked for and the suite collects it. */
  readonly coverage?: Buffer
}

export type NewEvidence = Omit<Evidence, 'version' | 'casesSha256' | 'counts' | 'coverage'> & {
  readonly cases: readonly TestCase[]
  /** Null: not collected, since the run was told so. */
  readonly coverage?: { readonly summary: CoverageSummary; readonly data: Buffer } | null
}

/** Appears whole, by rename. Throws when the disk refuses. */
export function writeEvidence(root: string, fresh: NewEvidence): Evidence {
  const { cases, coverage, ...rest } = fresh
  const data = encodeCases(cases)
  const evidence: Evidence = {
    version: EVIDENCE_VERSION,
    ...rest,
    counts: countCases(cases),
    casesSha256: sha256(data),
    ...(coverage === null && { coverage }),
    ...(coverage && { coverage: { ...coverage.summary, sha256: sha256(coverage.data) } }),
  }
  if (coverage) writeCoverage(root, fresh.suite, coverage.data)
  writeWhole(root, evidence, data)
  return evidence
}

/** The hash is often known only after the suite is done. */
export async function addHashToEvidence(root: string, evidence: Evidence, hash: string): Promise<void> {
  const read = await readEvidence(root, evidence.suite)
  if (read.ok) writeWhole(root, { ...evidence, hash }, encodeCases(read.value.cases))
}

function writeWhole(root: string, evidence: Evidence, cases: Buffer): void {
  const file = evidenceFile(root, evidence.suite)
  mkdirSync(path.dirname(file), { recursive: true })
  overwrite(aside(file), Buffer.concat([Buffer.from(`${JSON.stringify(evidence)}\n`), cases]))
  renameSync(aside(file), file)
}

/** Where evidence is made, and lies when it is taken back; nobody believes it there. */
const aside = (file: string): string => `${file}.tmp`

/**
 * Into the file that is there, if one is. On ext4 that takes 0.1 ms, deleting and creating it 1 ms; emptying
 * it first would make ext4 flush it on close.
 */
function overwrite(file: string, data: Buffer): void {
  const fd = openSync(file, constants.O_WRONLY | constants.O_CREAT, 0o666)
  try {
    writeFileSync(fd, data)
    ftruncateSync(fd, data.length)
  } finally {
    closeSync(fd)
  }
}

const evidenceFile = (root: string, suite: string): string =>
  path.join(root, evidenceDir(suite), EVIDENCE_FILE)

/** Called before a suite runs, so that old evidence can't speak for a new failure. Throws when the disk refuses. */
export function removeEvidence(root: string, suite: string): void {
  const file = evidenceFile(root, suite)
  if (existsSync(file)) renameSync(file, aside(file))
  removeCoverage(root, suite)
}

/**
 * Reads and doubts: the error says why this evidence can't be believed.
 * @param expectedTests the number of test cases that this content is known to have, if it is known
 */
export async function readEvidence(
  root: string,
  suite: string,
  expectedTests?: number,
): Promise<Result<ReadEvidence, string>> {
  const file = await readFile(evidenceFile(root, suite)).catch(() => undefined)
  if (file === undefined) return err(`there is no ${evidenceDir(suite)}/${EVIDENCE_FILE}`)
  const end = file.indexOf('\n')
  const evidence = parseHeader(file.toString('utf8', 0, end < 0 ? file.length : end))
  if (evidence === undefined) return err(`${EVIDENCE_FILE} is torn or not ours`)
  const { version }: { version: number } = evidence
  if (version !== EVIDENCE_VERSION) return err(`${EVIDENCE_FILE} has version ${version}`)
  if (evidence.suite !== suite) return err(`the evidence is of suite ${evidence.suite}`)
  const data = end < 0 ? Buffer.alloc(0) : file.subarray(end + 1)
  const cases = decodeCases(data)
  if (cases.length !== evidence.counts.tests) {
    return err(`${EVIDENCE_FILE} holds ${cases.length} test cases, its header says ${evidence.counts.tests}`)
  }
  if (sha256(data) !== evidence.casesSha256) return err(`${EVIDENCE_FILE} was changed after it was written`)
  if (evidence.unclean !== undefined) return err(evidence.unclean)
  if (countCases(cases).failed > 0) return err('it holds failed test cases, which are never cached')
  if (expectedTests !== undefined && cases.length < expectedTests) {
    return err(`it says ${cases.length} test cases where ${expectedTests} were recorded for the same content`)
  }
  return ok({ evidence, cases })
}

function parseHeader(text: string): Evidence | undefined {
  try {
    const value = JSON.parse(text) as Partial<Evidence> | null
    return typeof value?.suite === 'string' && typeof value.counts?.tests === 'number'
      ? (value as Evidence)
      : undefined
  } catch {
    return undefined
  }
}
