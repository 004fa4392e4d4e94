import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

const read = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

const pids = (): number[] => readdirSync('/proc').map(Number).filter(Boolean)

const alive = (pid: number): boolean => /\) [^ZX] /.test(read(pid, 'stat'))

/** Live processes whose command line holds the text. */
export const running = (text: string): number[] =>
  pids().filter((pid) => read(pid, 'cmdline').replaceAll('\0', ' ').includes(text) && alive(pid))

/** Live processes with the text in their environment. */
export const marked = (text: string): number[] =>
  pids().filter((pid) => read(pid, 'environ').includes(text) && alive(pid))

/** The OS doesn't tell when somebody else's process ends: polls, within 5 s. */
export async function gone<T>(find: () => readonly T[]): Promise<readonly T[]> {
  let left = find()
  for (let tries = 0; left.length > 0 && tries < 500; tries++) {
    await delay(10)
    left = find()
  }
  return left
}
