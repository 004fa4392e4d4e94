import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'
import type { RunRecord } from '@muster/model'

/*
 * A suite that writes outside its declared outputs breaks caching quietly: a hit doesn't bring those files back,
 * and if they are inputs the hash changes with every run. Git sees such writes; ignored files don't matter to
 * anybody's hash.
 */

/** Changed and untracked files, as git status has them; undefined outside git, or when git takes too long. */
export function gitChanges(root: string): Promise<ReadonlySet<string> | undefined> {
  const args = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all']
  return new Promise((resolve) => {
    execFile('git', args, { cwd: root, timeout: 5000, maxBuffer: 1 << 26 }, (error, stdout) => {
      resolve(error ? undefined : new Set(stdout.split('\0').filter(Boolean)))
    })
  })
}

export interface StrayWrite {
  readonly file: string
  /** Suites that ran when it was last written. */
  readonly suites: readonly string[]
}

/**
 * What appeared between two looks, outside `outputs`, while some suite ran. A file that a person saves
 * meanwhile is there too, so this is a warning and never a verdict.
 */
export function strayWrites(
  root: string,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
  outputs: readonly string[],
  record: Pick<RunRecord, 'suites'>,
): StrayWrite[] {
  return [...after].flatMap((line) => {
    const file = line.slice(3)
    if (before.has(line) || outputs.some((output) => file === output || file.startsWith(`${output}/`)))
      return []
    const at = statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs
    const running = record.suites.filter((suite) =>
      suite.attempts.some(
        ({ startedAt, durationMs }) =>
          at === undefined || (at >= startedAt - 20 && at <= startedAt + durationMs + 20),
      ),
    )
    return running.length === 0 ? [] : [{ file, suites: running.map(({ name }) => name) }]
  })
}

const NAMED = 5

/** One line for people. */
export function describeStrayWrites(writes: readonly StrayWrite[]): string {
  const files = writes
    .slice(0, NAMED)
    .map(({ file, suites }) => `${file} (while ${suites.slice(0, 3).join(', ')} ran)`)
  const more = writes.length > NAMED ? ` and ${writes.length - NAMED} more` : ''
  return `files outside the declared outputs were written: ${files.join(', ')}${more}. A cache hit won't bring them back, and if they are inputs the suite never hits the cache. Declare them in "outputs", or have git ignore them.`
}

/** Looks before the first suite and after the last one that is known so far. */
export class StrayWatch {
  private before: ReturnType<typeof gitChanges> | undefined
  private after: ReturnType<typeof gitChanges> | undefined
  private readonly outputs = new Set<string>()
  private readonly root: string

  constructor(root: string) {
    this.root = root
  }

  /** @param outputs where suites may write, workspace-relative */
  begin(outputs: readonly string[]): void {
    this.before ??= gitChanges(this.root)
    for (const output of outputs) this.outputs.add(output)
  }

  /** Whenever nothing runs; the last look counts. */
  idle(): void {
    this.after = gitChanges(this.root)
  }

  /** A warning for people, if there is one. */
  async warning(record: Pick<RunRecord, 'suites'>): Promise<string | undefined> {
    const [before, after] = await Promise.all([this.before, this.after])
    const stray = before && after ? strayWrites(this.root, before, after, [...this.outputs], record) : []
    return stray.length > 0 ? describeStrayWrites(stray) : undefined
  }
}
