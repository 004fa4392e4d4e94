import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ProbedSource } from './probed-source.ts'
import { isScript, readSource } from './read-source.ts'

export interface Source extends ProbedSource {
  readonly text: string
}

/** The structures of a workspace's files, each read once. */
export class SourceCache {
  readonly #root: string
  readonly #known = new Map<string, Source | undefined>()

  constructor(root: string) {
    this.#root = root
  }

  /** Undefined for what is no script, can't be read or parsed, asks to be left out, or has nothing to count. */
  get(file: string): Source | undefined {
    if (!this.#known.has(file)) this.#known.set(file, this.#read(file))
    return this.#known.get(file)
  }

  #read(file: string): Source | undefined {
    if (!isScript(file)) return undefined
    try {
      const text = readFileSync(path.join(this.#root, file), 'utf8')
      const source = readSource(file, text)
      return source && { ...source, text }
    } catch {
      return undefined
    }
  }
}
