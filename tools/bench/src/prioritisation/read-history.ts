import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { err, ok, type Result } from '@muster/model'
import { HistoryBuilder, type History } from './history-builder.ts'

/** Reads a CSV file, gzipped or not, line by line. Bad rows, and what is missing of a torn file, become warnings. */
export async function readHistory(file: string): Promise<Result<History, string>> {
  let gzipped: boolean
  try {
    gzipped = await isGzipped(file)
  } catch (error) {
    return err(`${file} can't be read: ${messageOf(error)}`)
  }
  const raw = createReadStream(file)
  if (!gzipped) return readRows(raw)
  const unzipped = createGunzip()
  // Pipes don't hand on errors.
  raw.on('error', (error) => unzipped.destroy(error)).pipe(unzipped)
  return readRows(unzipped)
}

async function readRows(input: Readable): Promise<Result<History, string>> {
  const history = new HistoryBuilder()
  let rest = ''
  let torn: string | undefined
  try {
    for await (const chunk of input.setEncoding('utf8')) {
      const lines = (rest + (chunk as string)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const taken = history.take(line)
        if (!taken.ok) return taken
      }
    }
  } catch (error) {
    torn = messageOf(error)
  }
  // Half a line of a torn file may look like a whole one.
  const last = torn === undefined ? history.take(rest) : ok(undefined)
  return last.ok ? history.build(torn) : last
}

/** By its first two bytes: names lie. */
async function isGzipped(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
