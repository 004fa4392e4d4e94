import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** Places are byte offsets into the pack's body. */
export interface PackIndex {
  readonly files: Readonly<Record<string, PackedFile>>
  /** Importing file → request → file. */
  readonly resolved: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface PackedFile {
  readonly mtimeMs: number
  readonly size: number
  readonly text: readonly [start: number, end: number]
  readonly code: readonly [start: number, end: number]
  /** Latin-1 is read without decoding, and most code is ASCII. */
  readonly encoding: 'latin1' | 'utf8'
}

export interface Pack {
  readonly index: PackIndex
  readonly body: Buffer
}

/** Undefined when it isn't there, or torn. The index comes last, behind the body, its length at the very end. */
export function readPack(file: string): Pack | undefined {
  try {
    const data = readFileSync(file)
    const end = data.length - 4
    const start = end - data.readUInt32LE(end)
    return {
      index: JSON.parse(data.toString('utf8', start, end)) as PackIndex,
      body: data.subarray(0, start),
    }
  } catch {
    return undefined
  }
}

/** Appears whole, by rename. Throws when the disk refuses. */
export function writePack(file: string, { index, body }: Pack): void {
  const head = Buffer.from(JSON.stringify(index))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(head.length)
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, Buffer.concat([body, head, length]))
  renameSync(draft, file)
}
