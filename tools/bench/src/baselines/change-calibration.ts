import { changePoints } from '@muster/baselines'
import { median } from '../median.ts'
import { Random } from '../scheduling/random.ts'

interface Course {
  readonly name: string
  readonly points: number
  readonly level: (index: number) => number
  /** Autocorrelation of the noise. */
  readonly rho?: number
  /** Where the one step is. */
  readonly step?: number
}

const steady = (): number => 1
const COURSES: readonly Course[] = [
  { name: 'no change', points: 100, level: steady },
  { name: 'no change', points: 1000, level: steady },
  { name: 'no change, autocorrelated 0.5', points: 100, level: steady, rho: 0.5 },
  { name: 'no change, autocorrelated 0.8', points: 300, level: steady, rho: 0.8 },
  { name: 'step of 5 %', points: 100, level: (index) => (index < 60 ? 1 : 1.05), step: 60 },
  { name: 'step of 3 %', points: 200, level: (index) => (index < 120 ? 1 : 1.03), step: 120 },
  { name: 'creep of 2 % a week, daily', points: 50, level: (index) => 1.02 ** (index / 7) },
  { name: 'creep of 2 % a week, daily', points: 100, level: (index) => 1.02 ** (index / 7) },
  {
    name: '8 % slower for 20 points',
    points: 300,
    level: (index) => (index >= 100 && index < 120 ? 1.08 : 1),
  },
]

export interface CourseResult {
  readonly course: string
  readonly points: number
  /** Share of series with a change point. */
  readonly found: number
  /** Change points a series. */
  readonly changes: number
  /** Median distance of the nearest change point from the step, where there is one. */
  readonly offset: number | undefined
}

/** Change points of made-up series with normal noise of 3 %. @param series of 100 points; of longer courses fewer */
export function calibrateChanges(series: number, seed: number): readonly CourseResult[] {
  return COURSES.map((course, row) => {
    const random = new Random(seed + row)
    // Long ones take longer than in proportion.
    const rounds = Math.ceil((series * 100) / course.points)
    const indices = Array.from({ length: rounds }, () =>
      changePoints(draw(course, random)).map(({ index }) => index),
    )
    const seen = indices.filter((each) => each.length > 0)
    return {
      course: course.name,
      points: course.points,
      found: seen.length / rounds,
      changes: indices.flat().length / rounds,
      offset: course.step === undefined ? undefined : offsetFrom(course.step, seen),
    }
  })
}

const offsetFrom = (step: number, found: readonly (readonly number[])[]): number =>
  median(found.map((each) => Math.min(...each.map((at) => Math.abs(at - step)))))

function draw({ points, level, rho = 0 }: Course, random: Random): number[] {
  let wave = random.normal()
  return Array.from({ length: points }, (_, index) => {
    wave = rho * wave + Math.sqrt(1 - rho ** 2) * random.normal()
    return level(index) * (1 + 0.03 * wave)
  })
}
