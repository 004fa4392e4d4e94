import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ownerProcess, prestart, socketPath } from '@muster/engine/client'
import { planSettings } from '../executors/run-settings.ts'
import { targetNameOf } from '../inference/inference-options.ts'
import { nxCommandOf, nxProcessId } from './nx-process.ts'
import { pluginOptions, type NxJsonLike } from './plugin-options.ts'

export interface HeadStart {
  /** Absolute. */
  readonly root: string
  /** The nx process that the run will belong to. */
  readonly pid: number
  /** Default: as nx.json and the environment say. */
  readonly workers?: number
}

/** Boots a run's coordinator and its workers beside Nx, which has yet to find out what is to be run. */
export function headStart({ root, pid, workers }: HeadStart, nxJson = nxJsonOf(root)): void {
  const owner = ownerProcess(pid)
  if (!owner) return
  const socket = socketPath(root, owner)
  prestart({ root, owner, socket, workers: workers ?? planSettings(pluginOptions(nxJson)).workers })
}

/** From inside Nx, when its command names a target of suites. `muster run` has done it when it started Nx. */
export function headStartFromNx(root: string, nxJson: NxJsonLike): void {
  if (process.env['MUSTER_CLI'] === 'true') return
  const pid = nxProcessId()
  if (!namesSuites(nxCommandOf(pid) ?? [], nxJson)) return
  headStart({ root, pid }, nxJson)
  // A process of the plugin's own idles from here to the end, when all wait for the hook.
  if (pid !== process.pid) setImmediate(() => void import('../hooks/post-tasks.ts'))
}

/** Whether a word of `-t lint,test`, `--targets=test` or `run api:test` is a target of suites. */
export function namesSuites(words: readonly string[], nxJson: NxJsonLike): boolean {
  const options = pluginOptions(nxJson)
  const targets = new Set([targetNameOf('unit', options), targetNameOf('performance', options)])
  return words.some((word) => word.split(/[=,:]/).some((part) => targets.has(part)))
}

/** One with comments reads as empty: a wrong number of workers is put right when the run begins. */
function nxJsonOf(root: string): NxJsonLike {
  try {
    return JSON.parse(readFileSync(path.join(root, 'nx.json'), 'utf8')) as NxJsonLike
  } catch {
    return {}
  }
}
