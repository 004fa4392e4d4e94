import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export interface ProcessRow {
  readonly pid: number
  readonly parent: number
  readonly group: number
  /** Dead, but not yet waited for. It runs nothing. */
  readonly zombie: boolean
}

/** Whether processes can be found by their environment here. */
export const HAS_PROC = process.platform === 'linux'

export const procPids = (): number[] =>
  readdirSync('/proc').flatMap((name) => (/^\d/.test(name) ? [Number(name)] : []))

/** Undefined when the process is gone or not ours to look at. */
export function readProc(pid: number, file: 'environ' | 'cmdline'): Buffer | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`)
  } catch {
    return undefined
  }
}

/** Of files that hold lines for people; the same otherwise. */
export function readProcText(
  pid: number | 'self',
  file: 'stat' | 'io' | 'status' | 'smaps_rollup',
): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1')
  } catch {
    return undefined
  }
}

export function procRow(pid: number): ProcessRow | undefined {
  const text = readProcText(pid, 'stat')
  if (text === undefined) return undefined
  // `pid (name) state ppid pgrp …`; the name may hold anything, so count from its last parenthesis.
  const [state, parent, group] = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const zombie = state === 'Z' || state === 'X'
  return { pid, parent: Number(parent), group: Number(group), zombie }
}

/** The command line for people, at most 200 characters. */
export function commandLine(pid: number): string {
  const words = readProc(pid, 'cmdline')?.toString('utf8').split('\0').filter(Boolean) ?? []
  return words.join(' ').slice(0, 200) || `process ${pid}`
}

/** Where there is no /proc: what POSIX `ps` knows. The command comes along, as it can't be asked later. */
export function psRows(): (ProcessRow & { readonly command: string })[] {
  const out = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=,args='], { encoding: 'utf8' })
  return out.split('\n').flatMap((line) => {
    const [, pid, parent, group, state, command] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s*(.*)$/.exec(line) ?? []
    if (pid === undefined) return []
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        zombie: state?.startsWith('Z') ?? false,
        command: (command ?? '').slice(0, 200),
      },
    ]
  })
}
