import { eachPackage, json, PARALLEL, type Contestant } from './contestant.ts'

type Isolation = 'auto' | 'process' | 'none'

const files =
  (isolation: Isolation): Contestant['files'] =>
  (suites) => ({
    ...eachPackage(suites, () => ({})),
    ...Object.fromEntries(
      suites.map((suite) => [
        `packages/${suite}/suite.json`,
        json({ name: suite, kind: 'unit', runner: 'mocha', ...(isolation !== 'auto' && { isolation }) }),
      ]),
    ),
    'nx.json': json({ analytics: false, plugins: ['@muster/nx'] }),
  })

const muster = (name: string, note: string, isolation: Isolation, command: string): Contestant => ({
  name,
  note,
  modules: 'muster',
  files: files(isolation),
  command,
  caches: ['.nx', '.muster', 'reports'],
  remembers: true,
})

const THROUGH_NX = `node_modules/.bin/nx run-many -t test --parallel=${PARALLEL}`
const MUSTER_RUN = `node_modules/.bin/muster run --workers ${PARALLEL}`

export const MUSTER: readonly Contestant[] = [
  muster('muster (nx)', 'batch executor, isolation auto', 'auto', THROUGH_NX),
  muster('muster run', "Muster's own command, isolation auto", 'auto', MUSTER_RUN),
  muster('muster (nx), process', 'a fresh process a suite', 'process', THROUGH_NX),
  muster('muster (nx), none', 'a reused process', 'none', THROUGH_NX),
  muster('muster run, none', 'a reused process', 'none', MUSTER_RUN),
]
