import { below } from './random-source.ts'
import { CYCLES, everyTest, TESTS, type Shape } from './synthetic-history.ts'

/** A number for each test. */
const forEachTest = (make: (test: number) => number): number[] => everyTest().map(make)

/** Some tests are prone, and stay broken for up to eight cycles. */
const bursty: Shape = (random) => {
  const chance = forEachTest(() => (random() < 0.3 ? 0.012 : 0.001))
  const left = forEachTest(() => 0)
  return {
    begin() {
      everyTest().forEach((test) => {
        if (left[test]! > 0) left[test]! -= 1
        else if (random() < chance[test]!) left[test] = 1 + below(random, 8)
      })
    },
    fails: (test) => left[test]! > 0,
  }
}

/** One in seven tests fails at random, each with a rate of its own. */
const flaky: Shape = (random) => {
  const chance = forEachTest(() => (random() < 0.15 ? 0.02 + 0.25 * random() : 0.0005))
  return { fails: (test) => random() < chance[test]! }
}

/** Sixteen groups without an order; now and then one of them breaks, for one cycle. Past failures alone say nothing. */
const groups: Shape = (random) => {
  const group = forEachTest(() => below(random, 16))
  let broken = -1
  return {
    begin() {
      broken = random() < 0.45 ? below(random, 16) : -1
    },
    fails: (test) => group[test] === broken && random() < 0.8,
  }
}

/** Groups that stay broken for a while, amid flaky tests. */
const groupsAmidNoise: Shape = (random) => {
  const group = forEachTest(() => below(random, 10))
  const chance = forEachTest(() => (random() < 0.06 ? 0.2 : 0.001))
  let broken = -1
  let until = 0
  return {
    begin(cycle) {
      if (cycle < until) return
      broken = random() < 0.3 ? below(random, 10) : -1
      until = cycle + 1 + below(random, 3)
    },
    fails: (test) => (group[test] === broken && random() < 0.6) || random() < chance[test]!,
  }
}

/** Work goes on in one place, where six neighbours fail at times, and then in another. */
const movingHotSpots: Shape = (random) => {
  let first = 0
  let until = 0
  return {
    begin(cycle) {
      if (cycle < until) return
      until = cycle + 10 + below(random, 20)
      first = below(random, TESTS)
    },
    fails: (test) => (test - first + TESTS) % TESTS < 6 && random() < 0.2,
  }
}

/** One failing cycle in ten: hardly anything to learn from. */
const rare: Shape = (random) => {
  const chance = forEachTest(() => 0.004 * random() ** 2)
  return { fails: (test) => random() < chance[test]! }
}

/** Tests fail in their first three cycles, and hardly ever again. */
const newTestsFail: Shape = (random) => {
  const birth = forEachTest((test) => (test < 30 ? -CYCLES : below(random, CYCLES)))
  return {
    present: (cycle) => everyTest().filter((test) => birth[test]! <= cycle),
    fails: (test, cycle) => random() < (cycle - birth[test]! < 3 ? 0.45 : 0.004),
  }
}

/** A few tests fail every second to fifth cycle. */
const alternating: Shape = (random) => {
  const period = forEachTest(() => (random() < 0.08 ? 2 + below(random, 4) : 0))
  const phase = forEachTest(() => below(random, 5))
  return {
    fails(test, cycle) {
      const every = period[test] ?? 0
      if (every === 0) return random() < 0.002
      return (cycle + phase[test]!) % every === 0 && random() < 0.9
    },
  }
}

/** All alike, at random: nothing to be learned, so nothing may be lost by learning. */
const independent: Shape = (random) => ({ fails: () => random() < 0.01 })

/** Names change, and what was just renamed fails more. */
const renamed: Shape = (random) => {
  const chance = forEachTest(() => (random() < 0.15 ? 0.1 : 0.002))
  const generation = forEachTest(() => 0)
  const fragileUntil = forEachTest(() => -1)
  return {
    begin(cycle) {
      everyTest().forEach((test) => {
        if (random() >= 0.01) return
        generation[test]! += 1
        fragileUntil[test] = cycle + 2
      })
    },
    generation: (test) => generation[test]!,
    fails: (test, cycle) => random() < (cycle < fragileUntil[test]! ? 0.35 : chance[test]!),
  }
}

/** Tests vanish for a while; some of them fail when they come back. */
const comeAndGo: Shape = (random) => {
  const chance = forEachTest(() => (random() < 0.2 ? 0.15 : 0.003))
  const leaves = forEachTest(() => below(random, 30))
  const cameBack = forEachTest(() => -1)
  const isThere = (test: number, cycle: number): boolean => {
    if (cycle <= leaves[test]!) return true
    if (random() >= 0.08) return false
    leaves[test] = cycle + 10 + below(random, 40)
    cameBack[test] = cycle
    return true
  }
  return {
    present: (cycle) => everyTest().filter((test) => isThere(test, cycle)),
    fails: (test, cycle) => random() < (cycle === cameBack[test] ? 0.3 : chance[test]!),
  }
}

/** A third of the tests fails in every cycle, much the same ones from one to the next. */
const manyFail: Shape = (random) => {
  const chance = forEachTest(() => 0.7 * random() ** 2)
  const state = chance.map((each) => random() < each)
  return {
    fails(test) {
      if (random() < 0.25) state[test] = random() < chance[test]!
      return state[test]!
    },
  }
}

/** Each test now and then gets another failure rate. */
const drifting: Shape = (random) => {
  const chance = forEachTest(() => 0.05 * random() ** 4)
  return {
    fails(test) {
      if (random() < 0.02) chance[test] = 0.3 * random() ** 6
      return random() < chance[test]!
    },
  }
}

/** What takes twice as long fails twice as often. */
const longTestsFail: Shape = (random) => ({
  fails: (_test, _cycle, duration) => random() < 0.00002 * duration,
})

export const SHAPES: Readonly<Record<string, Shape>> = {
  bursty,
  flaky,
  groups,
  'groups amid noise': groupsAmidNoise,
  'moving hot spots': movingHotSpots,
  rare,
  'new tests fail': newTestsFail,
  alternating,
  independent,
  renamed,
  'come and go': comeAndGo,
  'many fail': manyFail,
  drifting,
  'long tests fail': longTestsFail,
}
