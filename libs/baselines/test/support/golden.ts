import { readFileSync } from 'node:fs'

interface Shift {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/** What `golden/make_golden.py` wrote. */
export interface Golden {
  readonly comparisons: readonly {
    readonly name: string
    readonly base: readonly number[]
    readonly current: readonly number[]
    readonly test: { readonly u: number; readonly p: number }
    readonly shift95: Shift
    readonly shift99: Shift
  }[]
  readonly descriptions: readonly {
    readonly values: readonly number[]
    readonly mean: number
    readonly median: number
    readonly deviation: number
    readonly mad: number
    readonly interval: readonly [number, number]
  }[]
  readonly corrections: readonly {
    readonly ps: readonly number[]
    readonly 'benjamini-hochberg': readonly number[]
    readonly holm: readonly number[]
  }[]
  readonly splits: readonly {
    readonly series: readonly number[]
    readonly minSize: number
    readonly at: number
    readonly energy: number
  }[]
  readonly student: readonly {
    readonly t: number
    readonly freedom: number
    readonly upperTail: number
    readonly reach99: number
  }[]
  readonly normal: readonly { readonly z: number; readonly upperTail: number }[]
  readonly trends: readonly {
    readonly series: readonly number[]
    readonly p: number
    readonly slope: number
  }[]
}

export const golden = JSON.parse(
  readFileSync(new URL('../golden/golden.json', import.meta.url), 'utf8'),
) as Golden
