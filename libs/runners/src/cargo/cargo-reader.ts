import type { CaseRef, TestCase } from '@muster/model'
import { CaseTeller } from '../tool/case-teller.ts'
import type { CreateReader } from '../tool/output-reader.ts'
import { BuildErrors, type CompilerMessage } from './build-errors.ts'
import { CargoOutput } from './cargo-output.ts'
import type { Artifact } from './cargo-target.ts'
import { docPlace, inWorkspace, located, testFiles } from './test-file.ts'
import { wantedTests } from './wanted-tests.ts'

export interface CargoReaderInput {
  /** Absolute workspace root. */
  readonly root: string
  readonly cases?: readonly CaseRef[]
}

type CargoMessage =
  | ({ readonly reason: 'compiler-artifact' } & Artifact)
  | ({ readonly reason: 'compiler-message' } & CompilerMessage)
  | { readonly reason: 'build-finished' | 'build-script-executed' }

/** Trouble of the machine, not of the code. */
const ENVIRONMENT =
  /failed to (?:download|get|fetch|query)|[Cc]ould not resolve host|toolchain '.*' is not installed|no override and no default toolchain|linker `.*` not found/

/** Reads what `cargo test --message-format=json` prints, stdout and stderr in one. */
export const createReader: CreateReader = (input, emit) => {
  const { root, cases } = input as CargoReaderInput
  const teller = new CaseTeller(emit, { root, ...(cases && { cases: wantedTests(cases) }) })
  const builds = new BuildErrors(root)
  const fileOf = testFiles(root)
  const errors: string[] = []
  let broken: string | undefined
  const output = new CargoOutput({
    test(target, { name, place, error, ...test }) {
      const file = fileOf(target, name)
      const at = target.root === undefined ? docPlace(name) : place
      teller.case({
        path: [target.id, name],
        ...(file !== undefined && { file }),
        ...test,
        ...(error && { error: at ? located(root, target.dir, error, at) : error }),
      })
    },
    whole(target, title, result) {
      const file = inWorkspace(root, target.root)
      teller.case({ path: [target.id, title], ...(file !== undefined && { file }), durationMs: 0, ...result })
    },
    broken: (message) => (broken ??= message),
  })

  return {
    line(text) {
      const message = parse(text)
      if (message === undefined) {
        if (/^error(?:\[E\d+\])?: /.test(text)) errors.push(text)
        output.line(text)
        return text
      }
      if (message.reason === 'compiler-artifact') output.artifact(message)
      if (message.reason !== 'compiler-message') return undefined
      builds.add(message)
      return message.message.rendered?.trimEnd()
    },
    end({ code }) {
      output.end()
      const unbuilt: readonly TestCase[] = builds.cases()
      for (const testCase of unbuilt) teller.case(testCase)
      const { passed, failed, skipped } = output.counts
      if (broken !== undefined) teller.error(broken)
      if (code !== 0 && passed + failed + skipped + unbuilt.length === 0) {
        const message = errors[0] ?? `cargo test ended with code ${code} before any test`
        return teller.error(message, { environment: errors.some((each) => ENVIRONMENT.test(each)) })
      }
      teller.end({ passed, failed: failed + unbuilt.length, skipped }, {})
    },
  }
}

function parse(line: string): CargoMessage | undefined {
  if (!line.startsWith('{"reason":')) return undefined
  try {
    return JSON.parse(line) as CargoMessage
  } catch {
    return undefined
  }
}
