import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import {
  CASES_FILE,
  countCases,
  err,
  EVIDENCE_FILE,
  EVIDENCE_VERSION,
  evidenceDir,
  ok,
  type Evidence,
  type Result,
  type TestCase,
} from '@muster/model'
import { decodeCases, encodeCases, sha256 } from '../journal/output-store.ts'

export interface ReadEvidence {
  readonly evidence: Evidence
  readonly cases: readonly TestCase[]
}

export type NewEvidence = Omit<Evidence, 'version' | 'casesSha256' | 'counts'> & { readonly cases: readonly TestCase[] }

/** Cases first, header last and by rename: a header that exists vouches for cases that were complete. Throws when the disk refuses. */
export function writeEvidence(root: string, fresh: NewEvidence): Evidence {
  const { cases, ...rest } = fresh
  const folder = path.join(root, evidenceDir(fresh.suite))
  const data = encodeCases(cases)
  const evidence: Evidence = { version: EVIDENCE_VERSION, ...rest, counts: countCases(cases), casesSha256: sha256(data) }
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, CASES_FILE), data)
  writeHeader(folder, evidence)
  return evidence
}

/** The hash is often known only after the suite is done. */
export function addHashToEvidence(root: string, evidence: Evidence, hash: string): void {
  writeHeader(path.join(root, evidenceDir(evidence.suite)), { ...evidence, hash })
}

function writeHeader(folder: string, evidence: Evidence): void {
  const file = path.join(folder, EVIDENCE_FILE)
  writeFileSync(`${file}.tmp`, `${JSON.stringify(evidence, null, 2)}\n`)
  renameSync(`${file}.tmp`, file)
}

/** Called before a suite runs, so that old evidence can't speak for a new failure. */
export function removeEvidence(root: string, suite: string): void {
  rmSync(path.join(root, evidenceDir(suite)), { recursive: true, force: true })
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
  const folder = path.join(root, evidenceDir(suite))
  const header = await readFile(path.join(folder, EVIDENCE_FILE), 'utf8').catch(() => undefined)
  if (header === undefined) return err(`no evidence in ${evidenceDir(suite)}`)
  const evidence = parseHeader(header)
  if (evidence === undefined) return err(`${EVIDENCE_FILE} is torn or not ours`)
  if (evidence.version !== EVIDENCE_VERSION) return err(`${EVIDENCE_FILE} has version ${evidence.version}`)
  if (evidence.suite !== suite) return err(`the evidence is of suite ${evidence.suite}`)
  const data = await readFile(path.join(folder, CASES_FILE)).catch(() => undefined)
  if (data === undefined) return err(`${CASES_FILE} is missing`)
  const cases = decodeCases(data)
  if (cases.length !== evidence.counts.tests) {
    return err(`${CASES_FILE} holds ${cases.length} test cases, its header says ${evidence.counts.tests}`)
  }
  if (sha256(data) !== evidence.casesSha256) return err(`${CASES_FILE} was changed after it was written`)
  if (countCases(cases).failed > 0) return err('it holds failed test cases, which are never cached')
  if (expectedTests !== undefined && cases.length < expectedTests) {
    return err(`it says ${cases.length} test cases where ${expectedTests} were recorded for the same content`)
  }
  return ok({ evidence, cases })
}

function parseHeader(text: string): Evidence | undefined {
  try {
    const value = JSON.parse(text) as Partial<Evidence> | null
    return typeof value?.suite === 'string' && typeof value.counts?.tests === 'number' ? (value as Evidence) : undefined
  } catch {
    return undefined
  }
}
