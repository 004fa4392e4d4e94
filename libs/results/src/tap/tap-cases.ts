import type { TestCase } from '@muster/model'
import type { Parser, Result } from 'tap-parser'
import type { CaseSink } from '../case-sink.ts'
import { detach } from '../text.ts'
import { type PathBase, workspacePath } from '../workspace-path.ts'
import { tapDiagnostics } from './tap-diagnostics.ts'

/** A subtest that has ended and waits for the test point that sums it up. */
interface EndedSubtest {
  readonly firstCase: number
  readonly results: number
}

/**
 * Turns the test points of a TAP stream into cases. Only leaves are cases: the point after a subtest
 * repeats what its own points said, and is left out unless it alone tells of the failure.
 */
export class TapCases {
  /** True once a subtest was seen: the plan then doesn't count the leaves. */
  nested = false
  /** Of the outermost test point that isn't told yet: it may still name or excuse them. */
  readonly #cases: TestCase[] = []
  readonly #sink: CaseSink
  readonly #base: PathBase

  constructor(sink: CaseSink, base: PathBase) {
    this.#sink = sink
    this.#base = base
  }

  /** Hands on what no later point can change. */
  flush(): void {
    for (const testCase of this.#cases) this.#sink.push(testCase)
    this.#cases.length = 0
  }

  /** @param path the names of the subtests around this parser */
  watch(parser: Parser, path: readonly string[]): void {
    let ended: EndedSubtest | undefined
    parser.on('child', (child: Parser) => {
      this.nested = true
      const firstCase = this.#cases.length
      this.watch(child, [...path, detach(child.name)])
      child.on('complete', () => (ended = { firstCase, results: child.count }))
    })
    parser.on('assert', (point: Result) => {
      const subtest = ended
      ended = undefined
      if (!subtest || subtest.results === 0) this.#cases.push(this.#case(point, path))
      else this.#sumUp(point, path, subtest)
      // The parser keeps every point for its own totals; the diagnostics needn't be kept with it.
      point.diag = null
      if (path.length === 0) this.flush()
    })
    // It would keep every comment too.
    parser.on('comment', () => (parser.comments.length = 0))
  }

  #sumUp(point: Result, path: readonly string[], { firstCase }: EndedSubtest): void {
    const depth = path.length
    let failed = false
    for (let at = firstCase; at < this.#cases.length; at++) {
      const each = this.#cases[at]
      if (!each) continue
      // A subtest without a "# Subtest" line has its name only here.
      const named =
        each.path[depth] === '' ? { ...each, path: each.path.with(depth, detach(point.name)) } : each
      const excused = point.todo !== false && named.status === 'failed'
      this.#cases[at] = excused ? asTodo(named, point) : named
      failed ||= named.status === 'failed'
    }
    if (!point.ok && !failed && point.todo === false && point.skip === false) {
      this.#cases.push(this.#case(point, path))
    }
  }

  #case(point: Result, groups: readonly string[]): TestCase {
    const { ok, skip, todo, time, diag } = point
    const name = detach(point.name) || `test ${point.id || this.#sink.length + this.#cases.length + 1}`
    const status = skip !== false || todo !== false ? 'skipped' : ok ? 'passed' : 'failed'
    const reason = skip === false ? todoReason(todo) : skip === true ? undefined : detach(skip)
    const { error, file } = tapDiagnostics(diag, name)
    const path = file === undefined ? undefined : workspacePath(file, this.#base)
    return {
      path: [...groups, name],
      ...(path !== undefined && { file: path }),
      status,
      durationMs: typeof time === 'number' && Number.isFinite(time) && time > 0 ? time : 0,
      ...(status === 'skipped' && reason !== undefined && { skipReason: reason }),
      ...(status === 'failed' && { error }),
    }
  }
}

const todoReason = (todo: Result['todo']): string =>
  typeof todo === 'string' ? `todo: ${detach(todo)}` : 'todo'

/** TAP 14: failures below a point marked todo don't count. */
function asTodo(testCase: TestCase, point: Result): TestCase {
  const { error: _, ...rest } = testCase
  return { ...rest, status: 'skipped', skipReason: todoReason(point.todo) }
}
