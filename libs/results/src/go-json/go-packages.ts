import type { CaseSink } from '../case-sink.ts'
import { numberField, textField, type JsonObject } from '../json/fields.ts'
import { makeCase } from '../make-case.ts'
import { makeError } from '../make-error.ts'
import { BoundedText } from '../bounded-text.ts'
import { goCase, type GoVerdict } from './go-case.ts'

interface OpenPackage {
  /** Running tests by name, with what they have printed. */
  readonly tests: Map<string, BoundedText>
  readonly output: BoundedText
  failures: number
}

const VERDICTS: ReadonlyMap<string, GoVerdict> = new Map<string, GoVerdict>([
  ['pass', 'passed'],
  ['fail', 'failed'],
  ['skip', 'skipped'],
])

const KNOWN = /^(?:start|run|pause|cont|pass|bench|fail|output|skip|build-output|build-fail)$/

/** Follows the events of packages, which run side by side, and tells each test as it ends. */
export class GoPackages {
  sawAny = false
  readonly #cases: CaseSink
  readonly #packages = new Map<string, OpenPackage>()
  /** What the build of an import path printed. */
  readonly #builds = new Map<string, BoundedText>()
  #building: string | undefined

  constructor(cases: CaseSink) {
    this.#cases = cases
  }

  event(event: JsonObject): void {
    const action = textField(event, 'Action') ?? ''
    const name = textField(event, 'Package')
    this.sawAny ||= KNOWN.test(action)
    if (action === 'build-output') {
      return this.#buildOutput(textField(event, 'ImportPath') ?? '', textField(event, 'Output') ?? '')
    }
    if (name === undefined) return
    const test = textField(event, 'Test')
    const verdict = VERDICTS.get(action)
    if (verdict === undefined) return this.#going(this.#package(name), test, event)
    if (test === undefined) return this.#endPackage(name, verdict, event)
    this.#endTest(name, test, verdict, event)
  }

  /**
   * Before Go 1.24 the build speaks between the events: `# package [package.test]`, then what is wrong, or all that
   * elsewhere and only `FAIL package [build failed]` here.
   */
  plainLine(line: string): void {
    const unbuilt = /^FAIL\s+(\S+) \[(?:build|setup) failed\]/.exec(line)?.[1]
    if (unbuilt !== undefined) return this.#pushBroken(unbuilt, '(build failed)', 0, line)
    const header = /^# (\S+)/.exec(line)?.[1]
    this.#building = header ?? this.#building
    if (this.#building !== undefined) this.#buildOutput(this.#building, `${line}\n`)
  }

  /** The name of a package that has not ended. Its tests that had not are lost. */
  end(): string | undefined {
    return this.#packages.keys().next().value
  }

  #package(name: string): OpenPackage {
    const known = this.#packages.get(name)
    if (known) return known
    const opened = { tests: new Map(), output: new BoundedText(), failures: 0 }
    this.#packages.set(name, opened)
    return opened
  }

  #going(open: OpenPackage, test: string | undefined, event: JsonObject): void {
    const output = textField(event, 'Output')
    if (test === undefined) {
      if (output !== undefined) open.output.add(output)
      return
    }
    const running = open.tests.get(test) ?? new BoundedText()
    open.tests.set(test, running)
    if (output !== undefined) running.add(output)
  }

  #endTest(name: string, test: string, verdict: GoVerdict, event: JsonObject): void {
    const open = this.#package(name)
    const output = open.tests.get(test)?.text ?? ''
    open.tests.delete(test)
    if (verdict === 'failed') open.failures++
    this.#cases.push(goCase(name, test, verdict, elapsed(event), output))
  }

  #endPackage(name: string, verdict: GoVerdict, event: JsonObject): void {
    const open = this.#package(name)
    this.#packages.delete(name)
    // A panic or a time limit ends the process, and with it tests that never told their end.
    for (const [test, output] of open.tests) {
      if (verdict === 'failed') open.failures++
      this.#cases.push(goCase(name, test, verdict === 'failed' ? 'broken' : verdict, 0, output.text))
    }
    if (verdict === 'failed' && open.failures === 0) this.#brokenPackage(name, open, event)
  }

  #brokenPackage(name: string, open: OpenPackage, event: JsonObject): void {
    const failedBuild = textField(event, 'FailedBuild')
    const unbuilt = failedBuild !== undefined || /\[(?:build|setup) failed\]/.test(open.output.text)
    const title = unbuilt ? '(build failed)' : '(package failed)'
    this.#pushBroken(name, title, elapsed(event), open.output.text, failedBuild)
  }

  /** @param fallback what is said where the build said nothing */
  #pushBroken(name: string, title: string, durationMs: number, fallback: string, build = name): void {
    const output = this.#builds.get(build)?.text ?? fallback
    const error = makeError({ message: tellingLine(output) ?? title, stack: output })
    this.#cases.push(makeCase({ path: [name, title], status: 'failed', durationMs, error, errored: true }))
  }

  #buildOutput(path: string, output: string): void {
    const text = this.#builds.get(path) ?? new BoundedText()
    this.#builds.set(path, text)
    text.add(output)
  }
}

/** Milliseconds. */
const elapsed = (event: JsonObject): number => Math.round((numberField(event, 'Elapsed') ?? 0) * 1e6) / 1000

/** `# package [package.test]` only says what was built. */
const tellingLine = (output: string): string | undefined =>
  output
    .split('\n')
    .find((line) => line.trim() !== '' && !/^(?:#|FAIL|ok|\?)\s/.test(`${line} `))
    ?.trim()
