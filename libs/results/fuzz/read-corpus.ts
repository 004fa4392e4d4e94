import { readdirSync, readFileSync } from 'node:fs'
import type { ResultFormat } from '@muster/model'
import { detectFormat } from '@muster/results'

export interface CorpusFile {
  readonly name: string
  readonly bytes: Buffer
  /** Undefined for one that is meant to be none. */
  readonly format: ResultFormat | undefined
}

/** The corpus and the samples of tools. */
export function readCorpus(): readonly CorpusFile[] {
  return ['corpus/', '../test/fixtures/'].flatMap((folder) => {
    const url = new URL(folder, import.meta.url)
    return readdirSync(url)
      .filter((name) => !name.endsWith('.md'))
      .sort()
      .map((name) => {
        const bytes = readFileSync(new URL(name, url))
        return { name, bytes, format: detectFormat(bytes.toString()) }
      })
  })
}
