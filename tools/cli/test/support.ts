import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A folder with these files that is gone after the test; text as it is, anything else as JSON. */
export async function inScratch(
  files: Readonly<Record<string, unknown>>,
  use: (root: string) => Promise<void> | void,
): Promise<void> {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'muster-cli-')))
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
      writeFileSync(path.join(root, name), typeof content === 'string' ? content : JSON.stringify(content))
    }
    await use(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

export interface Said<T> {
  readonly value: T
  readonly stdout: string
  readonly stderr: string
}

/** Runs something in a folder and keeps what it prints. */
export async function said<T>(act: () => Promise<T> | T, cwd = process.cwd()): Promise<Said<T>> {
  const texts = { stdout: '', stderr: '' }
  const before = process.cwd()
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].write = (text: string | Uint8Array): boolean => {
      texts[name] += String(text)
      return true
    }
  }
  process.chdir(cwd)
  try {
    return { value: await act(), ...texts }
  } finally {
    process.chdir(before)
    // Their own were never taken away, only covered.
    for (const name of ['stdout', 'stderr'] as const) Reflect.deleteProperty(process[name], 'write')
  }
}
