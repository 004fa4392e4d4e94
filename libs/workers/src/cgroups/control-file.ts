import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Undefined when this kernel or this cgroup doesn't have the file. */
export function readControl(folder: string, file: string): string | undefined {
  try {
    return readFileSync(join(folder, file), 'utf8')
  } catch {
    return undefined
  }
}

/** False when the kernel refuses. */
export function writeControl(folder: string, file: string, value: string): boolean {
  try {
    writeFileSync(join(folder, file), value)
    return true
  } catch {
    return false
  }
}

/** The number in a file that holds nothing else; undefined for `max` and without the file. */
export function readNumber(folder: string, file: string): number | undefined {
  const text = readControl(folder, file)
  return text !== undefined && /^\d+\s*$/.test(text) ? Number(text) : undefined
}

/** The number after `key ` in a file of lines `key number`. */
export function readKey(folder: string, file: string, key: string): number | undefined {
  return keyIn(readControl(folder, file), key)
}

export function keyIn(text: string | undefined, key: string): number | undefined {
  const match = text === undefined ? undefined : new RegExp(`^${key} (\\d+)$`, 'm').exec(text)
  return match ? Number(match[1]) : undefined
}
