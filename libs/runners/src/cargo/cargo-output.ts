import { basename } from 'node:path'
import type { TestCase } from '@muster/model'
import { docTarget, targetOf, type Artifact, type CargoTarget } from './cargo-target.ts'
import { beginOf, LibtestBlock, type LibtestCase, type LibtestCounts } from './libtest-block.ts'

const RUNNING = /^ +Running (?:unittests )?.+ \((.+)\)$/
const DOC_TESTS = /^ +Doc-tests (\S+)$/
const FAILED = /^error: (?:doc)?test failed, to rerun pass /
/** What cargo says next comes behind the name of a test that has ended its binary, on the same line. */
const GLUED =
  /^(test .+? \.\.\. .*?)( +(?:Running|Doc-tests) .+|error: (?:doc)?test failed, to rerun pass .+)$/
const UNSUCCESSFUL = /^ +process didn't exit successfully: `.*` \((.+)\)$/

export interface CargoEvents {
  /** A test of a target; `file` is for the receiver to find. */
  test(target: CargoTarget, test: LibtestCase): void
  /** Something about a target as a whole, in parentheses, as if it were a test. */
  whole(target: CargoTarget, title: string, result: Pick<TestCase, 'status' | 'error' | 'errored'>): void
  /** What was told contradicts itself. */
  broken(message: string): void
}

interface OpenTarget {
  readonly target: CargoTarget
  /** Its tests ran, or began to. */
  spoke: boolean
  failed: boolean
  /** `signal: 6, SIGABRT: process abort signal` */
  reason: string | undefined
}

/**
 * Follows `cargo test --message-format=json`, stdout and stderr in one: what was built, then one target after the
 * other, each with the words of its test binary.
 */
export class CargoOutput {
  /** Libtest's own, summed up. */
  readonly counts = { passed: 0, failed: 0, skipped: 0 }
  readonly #events: CargoEvents
  readonly #binaries = new Map<string, CargoTarget>()
  readonly #libraries = new Map<string, CargoTarget>()
  #open: OpenTarget | undefined
  #block: LibtestBlock | undefined

  constructor(events: CargoEvents) {
    this.#events = events
  }

  artifact(artifact: Artifact): void {
    const target = targetOf(artifact)
    if (artifact.executable) this.#binaries.set(basename(artifact.executable), target)
    this.#libraries.set(artifact.target.name.replaceAll('-', '_'), target)
  }

  line(text: string): void {
    const glued = this.#block && GLUED.exec(text)
    if (glued) {
      this.#oneLine(glued[1]!)
      this.#oneLine(glued[2]!)
    } else this.#oneLine(text)
  }

  /** Of a target, or of all: what is open now is over. */
  end(): void {
    const [open, block] = [this.#open, this.#block]
    this.#open = this.#block = undefined
    if (!open) return
    if (block) return this.#cutOff(open, block)
    // A harness of its own: the target is the test.
    if (!open.spoke) this.#whole(open, '(own harness)', open.failed ? `it failed: ${open.reason}` : undefined)
    else if (open.failed && open.reason !== undefined && !/^exit (?:status|code): 101$/.test(open.reason)) {
      this.#whole(open, '(exit)', `all its tests ended, but the test binary failed: ${open.reason}`)
    }
  }

  #oneLine(text: string): void {
    const next = this.#targetOf(text)
    if (next) {
      this.end()
      this.#open = { target: next, spoke: false, failed: false, reason: undefined }
      return
    }
    const open = this.#open
    if (!open) return
    if (FAILED.test(text)) open.failed = true
    const reason = UNSUCCESSFUL.exec(text)?.[1]
    if (reason !== undefined && open.failed) open.reason = reason
    const count = this.#block ? undefined : beginOf(text)
    if (count === undefined) return this.#inBlock(text)
    open.spoke = true
    this.#block = new LibtestBlock(count, (test) => this.#events.test(open.target, test))
  }

  #inBlock(text: string): void {
    const block = this.#block
    block?.line(text)
    if (!block?.counts) return
    this.#block = undefined
    this.#add(block.counts)
    const { passed, failed, skipped } = block.told
    const { counts } = block
    if (passed === counts.passed && failed === counts.failed && skipped === counts.skipped) return
    const told = passed + failed + skipped
    const total = counts.passed + counts.failed + counts.skipped
    this.#events.broken(`${this.#open?.target.id}: libtest counted ${total} tests, ${told} could be read`)
  }

  /** Its binary is gone before the result. What it had counted isn't known, so what was read counts. */
  #cutOff(open: OpenTarget, block: LibtestBlock): void {
    this.#add(block.told)
    const told = block.told.passed + block.told.skipped
    const why = open.reason === undefined ? 'exited' : `ended (${open.reason})`
    const message = `the test binary ${why} after ${told} of ${block.expected} tests`
    this.#whole(open, block.running ?? '(ended early)', message)
  }

  #whole({ target }: OpenTarget, title: string, message: string | undefined): void {
    const status = message === undefined ? 'passed' : 'failed'
    this.counts[status]++
    this.#events.whole(target, title, {
      status,
      ...(message !== undefined && { error: { message }, errored: true }),
    })
  }

  #add({ passed, failed, skipped }: LibtestCounts): void {
    this.counts.passed += passed
    this.counts.failed += failed
    this.counts.skipped += skipped
  }

  /** Only what was built is believed: a test may print such lines, too. */
  #targetOf(text: string): CargoTarget | undefined {
    const binary = RUNNING.exec(text)?.[1]
    if (binary !== undefined) return this.#binaries.get(basename(binary))
    const library = DOC_TESTS.exec(text)?.[1]
    const target = library === undefined ? undefined : this.#libraries.get(library.replaceAll('-', '_'))
    return target && docTarget(target)
  }
}
