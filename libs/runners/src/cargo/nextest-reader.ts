import type { TestCase } from '@muster/model'
import { CaseTeller } from '../tool/case-teller.ts'
import type { CreateReader } from '../tool/output-reader.ts'
import type { CargoReaderInput } from './cargo-reader.ts'
import { targetId } from './cargo-target.ts'
import { failureOf } from './panic-error.ts'
import { wantedTests } from './wanted-tests.ts'

interface NextestEvent {
  readonly type?: 'suite' | 'test'
  readonly event?: 'started' | 'ok' | 'failed' | 'ignored'
  /** `crate::binary$modules::test`, with `#2` behind it when the second try decided. */
  readonly name?: string
  /** Seconds. */
  readonly exec_time?: number
  readonly stdout?: string
  readonly reason?: string
  readonly nextest?: { readonly crate: string; readonly test_binary: string; readonly kind: string }
}

const NAME = /^([^$]*)\$(.*?)(?:#(\d+))?$/

/**
 * Reads `--message-format libtest-json-plus` of cargo nextest, which is experimental there: one event a line. It has
 * no doc tests, tells of a retried test how often it ran but not why it had failed, and no files.
 */
export const createReader: CreateReader = (input, emit) => {
  const { root, cases } = input as CargoReaderInput
  const teller = new CaseTeller(emit, { root, ...(cases && { cases: wantedTests(cases) }) })
  const counts = { passed: 0, failed: 0, skipped: 0 }
  /** Of binaries, by the names that tests have of them. */
  const ids = new Map<string, string>()
  let lastError = ''

  return {
    line(text) {
      const event = parse(text)
      if (!event) return text
      const { type, nextest: suite } = event
      if (type === 'suite' && suite) {
        ids.set(`${suite.crate}::${suite.test_binary}`, targetId(suite.crate, suite.kind, suite.test_binary))
      }
      const testCase = type === 'test' ? caseOf(event, ids) : undefined
      if (testCase) {
        counts[testCase.status]++
        teller.case(testCase)
      }
      return undefined
    },
    errorLine(text) {
      if (/^\s*error(?:\[E\d+\])?: /.test(text) && lastError === '') lastError = text.trim()
    },
    end({ code }) {
      if (code !== 0 && counts.failed === 0)
        teller.error(lastError || `cargo nextest exited with code ${code}`)
      if (counts.passed + counts.failed + counts.skipped > 0 || code === 0) teller.end(counts, {})
    },
  }
}

function caseOf(event: NextestEvent, ids: ReadonlyMap<string, string>): TestCase | undefined {
  const { name = '', exec_time: seconds = 0, stdout = '', reason } = event
  const [, binary = '', test = name, tries] = NAME.exec(name) ?? []
  const base = {
    path: [ids.get(binary) ?? binary, test],
    durationMs: Math.round(seconds * 1e6) / 1000,
    ...(tries !== undefined && { attempts: Number(tries) }),
  }
  if (event.event === 'ok') return { ...base, status: 'passed' }
  if (event.event === 'ignored') return { ...base, status: 'skipped' }
  if (event.event !== 'failed') return undefined
  if (reason !== undefined && stdout === '') return { ...base, status: 'failed', error: { message: reason } }
  const { place: _, ...failure } = failureOf(stdout.split('\n'))
  return { ...base, status: 'failed', ...failure }
}

function parse(line: string): NextestEvent | undefined {
  if (!line.startsWith('{"type":')) return undefined
  try {
    return JSON.parse(line) as NextestEvent
  } catch {
    return undefined
  }
}
