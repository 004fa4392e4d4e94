import { json, type Contestant } from './contestant.ts'
import { PEERS } from './peer-contestants.ts'

const NAME = 'idle-plugin'

const SOURCE = `export const name = '${NAME}'

export const createNodesV2 = ['packages/*/suite.json', (files) => files.map((file) => [file, {}])]

export const postTasksExecution = async () => {}
`

/** An Nx plugin that is asked about the same files as Muster's and has the same hook, and does nothing. Files by path in node_modules. */
export const IDLE_PLUGIN: Readonly<Record<string, string>> = {
  [`${NAME}/package.json`]: json({ name: NAME, version: '1.0.0', type: 'module', exports: './index.js' }),
  [`${NAME}/index.js`]: SOURCE,
}

const nx = PEERS.find(({ name }) => name === 'nx run-commands')!

/** What Nx takes for any plugin with a hook, whatever that one does: no cached run of Muster through nx can be faster. */
export const NX_WITH_IDLE_PLUGIN: Contestant = {
  ...nx,
  name: 'nx + idle plugin',
  note: 'the same with an installed plugin that does nothing',
  files: (suites) => ({
    ...nx.files(suites),
    ...Object.fromEntries(suites.map((suite) => [`packages/${suite}/suite.json`, json({ name: suite })])),
    'nx.json': json({ analytics: false, plugins: [NAME] }),
  }),
}
