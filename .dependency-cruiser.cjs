// Holds the direction between packages (docs: CONTRIBUTING.md, "Direction"):
//
//   model ← {graph, results, coverage, baselines, history} ← {scheduler, runners, environments, analysis}
//         ← {workers, agents, report, notify} ← engine ← dashboard ← tools
//
// A package may import the layers to its left; those of one layer don't know each other.

const LAYERS = [
  ['model'],
  ['graph', 'results', 'coverage', 'baselines', 'history'],
  ['scheduler', 'runners', 'environments', 'analysis'],
  ['workers', 'agents', 'report', 'notify'],
  ['engine'],
  ['dashboard'],
]

const ofLibs = (names) => `^libs/(${names.join('|')})/`

const from = (names) => ({ path: `^libs/(${names.join('|')})/src/` })

const looksDown = LAYERS.slice(0, -1).map((names, index) => {
  const above = LAYERS.slice(index + 1).flat()
  return {
    name: `${names[0]}-layer-looks-down`,
    comment: `${names.join(', ')} must not know ${above.join(', ')}`,
    severity: 'error',
    from: from(names),
    to: { path: ofLibs(above) },
  }
})

const hasNoNeighbours = LAYERS.filter((names) => names.length > 1).map((names) => ({
  name: `${names[0]}-layer-has-no-neighbours`,
  comment: `${names.join(', ')} must not know each other`,
  severity: 'error',
  from: from(names),
  to: { path: ofLibs(names), pathNot: '^libs/$1/' },
}))

module.exports = {
  forbidden: [
    ...looksDown,
    ...hasNoNeighbours,
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one idea, or need a third one',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'libs-never-import-tools',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^tools/' },
    },
    {
      name: 'model-has-no-effects',
      comment: 'The domain does no I/O',
      severity: 'error',
      from: { path: '^libs/model/src/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'scheduler-is-pure',
      comment: 'The scheduler decides; processes, files, network and clocks are for others',
      severity: 'error',
      from: { path: '^libs/scheduler/src/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'reports-never-see-agents',
      severity: 'error',
      from: { path: '^libs/report/' },
      to: { path: '^libs/(agents|workers|engine)/' },
    },
    {
      name: 'testkit-is-for-tests',
      severity: 'error',
      from: { path: '^(libs|tools)/', pathNot: ['^libs/testkit/', '^(libs|tools)/[^/]+/test/'] },
      to: { path: '^libs/testkit/' },
    },
    {
      name: 'testkit-knows-nobody',
      severity: 'error',
      from: { path: '^libs/testkit/src/' },
      to: { path: '^libs/', pathNot: '^libs/testkit/' },
    },
    {
      name: 'sources-never-import-tests',
      severity: 'error',
      from: { path: '^(libs|tools)/[^/]+/src/' },
      to: { path: '/test/' },
    },
    {
      name: 'no-way-into-other-packages',
      comment: 'Another package is imported by its name, through its exports; never by a relative path',
      severity: 'error',
      from: { path: '^(libs|tools)/([^/]+)/' },
      to: { path: '^(libs|tools)/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
    },
    {
      name: 'not-resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)node_modules/', '(^|/)dist/', '/fixtures/'] },
    tsConfig: { fileName: 'tsconfig.base.json' },
    // Imports that vanish in compilation bind packages just as much.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@muster/source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
}
