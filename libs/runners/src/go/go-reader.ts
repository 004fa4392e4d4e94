import { posix, relative, sep } from 'node:path'
import type { CaseRef, TestCase } from '@muster/model'
import { GoPackages } from '@muster/results/go-json'
import { CaseTeller } from '../tool/case-teller.ts'
import type { CreateReader } from '../tool/output-reader.ts'
import { isPackageCase } from './go-arguments.ts'
import { packageFolder, type GoModule } from './go-modules.ts'

export interface GoReaderInput {
  /** Absolute workspace root. */
  readonly root: string
  readonly modules: readonly GoModule[]
  readonly cases?: readonly CaseRef[]
}

interface GoEvent {
  readonly Action?: string
  readonly Package?: string
  readonly Test?: string
  readonly Elapsed?: number
  readonly Output?: string
}

const UNBUILT = /^FAIL\s+\S+ \[(?:build|setup) failed\]/
const PACKAGE_ENDS: ReadonlySet<string | undefined> = new Set(['pass', 'fail', 'skip'])
/** Go's clock is coarse, but nothing takes no time. */
const LEAST_MS = 1

/** Follows the events of `go test -json`. What they don't say, they said to stderr: why a package didn't build. */
export const createReader: CreateReader = (input, emit) => {
  const { root, modules, cases } = input as GoReaderInput
  const teller = new CaseTeller(emit, { root, ...(cases && { cases: cases.map(ofPackage) }) })
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const fileMs: Record<string, number> = {}
  const folderOf = (name: string): string | undefined => {
    const dir = packageFolder(name, modules)
    return dir === undefined ? undefined : relative(root, dir).split(sep).join('/') || '.'
  }
  const packages = new GoPackages({
    length: 0,
    push(testCase) {
      counts[testCase.status]++
      teller.case(placed(testCase, folderOf(testCase.path[0] ?? '')))
    },
  })
  /** Until all of stderr is known. */
  const unbuilt: string[] = []
  let lastError = ''

  return {
    line(text) {
      const event = parse(text)
      if (!event) {
        if (UNBUILT.test(text)) unbuilt.push(text)
        return text
      }
      packages.event({ ...event })
      const { Package: name, Test: test, Action: action, Elapsed: seconds = 0, Output: output } = event
      const folder = test === undefined && PACKAGE_ENDS.has(action) && name && folderOf(name)
      if (folder && action !== 'skip') fileMs[folder] = Math.max(LEAST_MS, Math.round(seconds * 1000))
      return output?.replace(/\r?\n$/, '')
    },
    errorLine(text) {
      if (text.trim() !== '') lastError = text
      packages.plainLine(text)
    },
    end({ code }) {
      for (const line of unbuilt) packages.plainLine(line)
      const open = packages.end()
      if (open !== undefined) return teller.error(`go test ended before package ${open} did`)
      const { passed, failed, skipped } = counts
      if (code !== 0 && passed + failed + skipped === 0) return teller.error(`go test failed: ${lastError}`)
      teller.end(counts, Object.keys(fileMs).length > 1 ? { fileMs } : {})
    },
  }
}

/** A package that failed as a whole stands for all of its tests. */
const ofPackage = (ref: CaseRef): CaseRef =>
  isPackageCase(ref) && ref.file !== undefined ? { file: ref.file, path: [ref.file] } : ref

/** Go tells places by the file's bare name; a package's folder makes them ones of the workspace. */
function placed(testCase: TestCase, folder: string | undefined): TestCase {
  if (folder === undefined) return testCase
  const { error } = testCase
  const inFolder = (text: string): string =>
    text.replaceAll(
      /^(\s*)([\w.-]+\.go:\d+)/gm,
      (_, indent: string, place: string) => indent + posix.join(folder, place),
    )
  if (!error) return { ...testCase, file: folder }
  const message = inFolder(error.message)
  const place = /^(\S+\.go:\d+):/.exec(message)?.[1]
  const frames = place === undefined ? [] : [`    at ${place}`]
  const stack = [...frames, ...(error.stack === undefined ? [] : [inFolder(error.stack)])].join('\n')
  return { ...testCase, file: folder, error: { ...error, message, ...(stack !== '' && { stack }) } }
}

function parse(line: string): GoEvent | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line) as GoEvent
  } catch {
    return undefined
  }
}
