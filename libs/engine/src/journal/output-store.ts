import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { OutputRef, RunId, TestCase } from '@muster/model'
import { outputsDir } from './run-store.ts'

export const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex')

/** Keeps `data` under its hash. A disk that refuses costs the output, not the run: the reference then points nowhere. */
export function storeOutput(root: string, run: RunId, data: Buffer, totalBytes = data.length): OutputRef {
  const hash = sha256(data)
  const file = path.join(outputsDir(root, run), hash)
  try {
    if (!existsSync(file)) {
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(`${file}.tmp`, data)
      renameSync(`${file}.tmp`, file)
    }
  } catch {
    // readOutput answers undefined for it, and every reader must cope with that anyway.
  }
  return { sha256: hash, bytes: data.length, totalBytes }
}

/** Absolute path of what was stored; undefined when it is gone. */
export function findOutput(root: string, run: RunId, hash: string): string | undefined {
  const file = path.join(outputsDir(root, run), hash)
  return existsSync(file) ? file : undefined
}

/** Undefined when it is gone. */
export async function readOutput(root: string, run: RunId, ref: OutputRef): Promise<Buffer | undefined> {
  return readFile(path.join(outputsDir(root, run), ref.sha256)).catch(() => undefined)
}

export const encodeCases = (cases: readonly TestCase[]): Buffer =>
  Buffer.from(cases.map((testCase) => `${JSON.stringify(testCase)}\n`).join(''))

/** Lines that aren't JSON are left out; the caller compares the number with what was declared. */
export function decodeCases(data: Buffer | undefined): TestCase[] {
  if (data === undefined) return []
  const cases: TestCase[] = []
  for (const line of data.toString('utf8').split('\n')) {
    if (line === '') continue
    try {
      cases.push(JSON.parse(line) as TestCase)
    } catch {
      continue
    }
  }
  return cases
}
