import { execFile } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs, promisify } from 'node:util'
import { median } from '../median.ts'
import { junitDocument } from './junit-document.ts'

/* How fast is a large JUnit file read, and with how much memory? `npx tsx …/main.ts [--megabytes 30] [--rounds 3]` */

const READERS = ['muster', 'fast-xml-parser'] as const
const NOT_INSTALLED = 3

interface Measured {
  readonly cases: number
  readonly cpuMs: number
  readonly wallMs: number
  readonly peakBytes: number
}

const { values } = parseArgs({
  options: { megabytes: { type: 'string', default: '30' }, rounds: { type: 'string', default: '3' } },
})
const folder = mkdtempSync(path.join(tmpdir(), 'muster-bench-'))
try {
  const file = path.join(folder, 'junit.xml')
  await pipeline(Readable.from(junitDocument(Number(values.megabytes) * 1e6)), createWriteStream(file))
  console.log(`JUnit XML of ${(statSync(file).size / 1e6).toFixed(1)} MB, medians of ${values.rounds}\n`)
  console.log('| reader | cases | CPU s | wall s | peak MB |\n| :--- | ---: | ---: | ---: | ---: |')
  for (const reader of READERS) console.log(await row(reader, file, Number(values.rounds)))
} finally {
  rmSync(folder, { recursive: true })
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2)
}

async function row(reader: string, file: string, rounds: number): Promise<string> {
  const measured: Measured[] = []
  for (let round = 0; round < rounds; round++) {
    const one = await measure(reader, file)
    if (typeof one === 'string') return `| ${reader} | ${one} | | | |`
    measured.push(one)
  }
  const of = (pick: (one: Measured) => number): number => median(measured.map(pick))
  return `| ${reader} | ${of(({ cases }) => cases)} | ${seconds(of(({ cpuMs }) => cpuMs))} | ${seconds(of(({ wallMs }) => wallMs))} | ${Math.round(of(({ peakBytes }) => peakBytes) / 1e6)} |`
}

async function measure(reader: string, file: string): Promise<Measured | string> {
  const program = path.join(import.meta.dirname, 'measure-process.ts')
  const flags = ['--import=tsx', '--conditions=@muster/source', program, reader, file]
  try {
    const { stdout } = await promisify(execFile)(process.execPath, flags)
    return JSON.parse(stdout) as Measured
  } catch (error) {
    const { code, stderr } = error as { code?: number; stderr?: string }
    if (code !== NOT_INSTALLED) throw error
    return (stderr ?? '').trim()
  }
}
