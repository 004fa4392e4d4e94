import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs'
import { availableParallelism, freemem, totalmem, tmpdir } from 'node:os'
import { musterDir } from '@muster/engine'
import { describeMonitoring } from '@muster/workers'
import type { Finding } from './finding.ts'

const GIB = 2 ** 30
const gib = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`

export async function checkMachine(root: string | undefined): Promise<Finding[]> {
  return [
    checkNode(process.versions.node),
    {
      level: 'ok',
      what: `${availableParallelism()} processors, ${gib(totalmem())} memory (${gib(freemem())} free)`,
    },
    { level: 'ok', what: describeMonitoring() },
    ...(root === undefined ? [] : [checkDisk(root), checkWritable(musterDir(root))]),
    checkWritable(tmpdir()),
  ]
}

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return { level: 'ok', what: `Node.js ${version}` }
  return { level: 'error', what: `Node.js ${version}`, fix: 'Muster needs Node.js 20.19 or newer.' }
}

function checkDisk(root: string): Finding {
  const { bavail, bsize } = statfsSync(root)
  const free = bavail * bsize
  if (free > GIB) return { level: 'ok', what: `${gib(free)} free on the workspace's disk` }
  return {
    level: 'warning',
    what: `only ${gib(free)} free on the workspace's disk`,
    fix: 'Journals, outputs and caches need room: free some, or delete .muster/runs and .muster/cache.',
  }
}

function checkWritable(folder: string): Finding {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return { level: 'ok', what: `${folder} can be written` }
  } catch (error) {
    return {
      level: 'error',
      what: `${folder} can't be written (${(error as Error).message})`,
      fix: 'Give the user that runs the tests the right to write there.',
    }
  }
}
