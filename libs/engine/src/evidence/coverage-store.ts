import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { COVERAGE_FILE, err, evidenceDir, ok, type Evidence, type Result } from '@muster/model'
import type { ReadEvidence } from './evidence-store.ts'
import { sha256 } from '../journal/output-store.ts'

const coverageFile = (root: string, suite: string): string =>
  path.join(root, evidenceDir(suite), COVERAGE_FILE)

/** Beside the evidence, which vouches for it; appears whole, by rename. Throws when the disk refuses. */
export function writeCoverage(root: string, suite: string, data: Buffer): void {
  const file = coverageFile(root, suite)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(`${file}.tmp`, data)
  renameSync(`${file}.tmp`, file)
}

export function removeCoverage(root: string, suite: string): void {
  rmSync(coverageFile(root, suite), { force: true })
}

/** Evidence with its coverage, for a run that wants to know it. */
export async function withCoverage(root: string, read: ReadEvidence): Promise<Result<ReadEvidence, string>> {
  const coverage = await readCoverage(root, read.evidence)
  if (!coverage.ok) return coverage
  return ok({ ...read, ...(coverage.value && { coverage: coverage.value }) })
}

/**
 * The coverage that evidence speaks of; undefined when the suite collects none. The error says why the evidence is no
 * answer for a run that wants coverage.
 */
async function readCoverage(
  root: string,
  { suite, coverage }: Evidence,
): Promise<Result<Buffer | undefined, string>> {
  if (coverage === undefined) return ok(undefined)
  if (coverage === null) return err('it was run without coverage')
  const data = await readFile(coverageFile(root, suite)).catch(() => undefined)
  if (data === undefined) return err(`there is no ${evidenceDir(suite)}/${COVERAGE_FILE}`)
  return sha256(data) === coverage.sha256
    ? ok(data)
    : err(`${COVERAGE_FILE} was changed after it was written`)
}
