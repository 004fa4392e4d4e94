import { spawn } from 'node:child_process'
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import type { NxOrder } from '../nx-order.ts'
import { loadFromPack } from './load-from-pack.ts'
import { readPack } from './pack-file.ts'
import { packPlace } from './pack-place.ts'

/**
 * Spares this process most of the loading of Nx: some 500 files. Where Node keeps compiled code itself (22.8 and later)
 * that is asked for, as Nx's own entry does; else Nx is loaded from a pack, which is made after the first run.
 * `NX_COMPILE_CACHE=false` turns off both.
 */
export function useCodePack(order: NxOrder): void {
  if (process.env['NX_COMPILE_CACHE'] === 'false') return
  if ('enableCompileCache' in module) {
    ;(module.enableCompileCache as () => void)()
    return
  }
  const place = packPlace(order.root, order.nx)
  const pack = readPack(place)
  if (pack) loadFromPack(pack)
  // A machine that is thrown away after this run would build it in vain.
  else if (process.env['CI'] === undefined) process.once('exit', () => buildLater(order, place))
}

function buildLater(order: NxOrder, place: string): void {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const builder = fileURLToPath(new URL(`./build-pack.${extension}`, import.meta.url))
  const child = spawn(process.execPath, [...process.execArgv, builder, JSON.stringify(order), place], {
    cwd: order.root,
    detached: true,
    stdio: 'ignore',
  })
  child.unref()
}
