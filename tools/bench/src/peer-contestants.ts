import { eachPackage, json, PARALLEL, type Contestant } from './contestant.ts'

const nx: Contestant = {
  name: 'nx run-commands',
  note: 'nx:run-commands, one mocha process a suite',
  modules: 'peers',
  files: (suites) => ({
    ...eachPackage(suites, (suite) => ({
      nx: {
        targets: {
          test: {
            executor: 'nx:run-commands',
            cache: true,
            inputs: ['{projectRoot}/**/*'],
            options: { command: 'mocha', cwd: `packages/${suite}` },
          },
        },
      },
    })),
    'nx.json': json({ analytics: false }),
  }),
  command: `node_modules/.bin/nx run-many -t test --parallel=${PARALLEL}`,
  caches: ['.nx'],
  remembers: true,
}

const turbo: Contestant = {
  name: 'turbo',
  note: 'one mocha process a suite, through npm run',
  modules: 'peers',
  files: (suites) => ({
    ...eachPackage(suites, () => ({ scripts: { test: 'mocha' } })),
    'turbo.json': json({ tasks: { test: { outputs: [] } } }),
  }),
  command: `node_modules/.bin/turbo run test --concurrency=${PARALLEL} --cache-dir=.turbo/cache --env-mode=loose --no-daemon`,
  caches: ['.turbo', 'packages/*/.turbo'],
  remembers: true,
}

const wireit: Contestant = {
  name: 'wireit',
  note: 'one mocha process a suite, started by npm run',
  modules: 'peers',
  files: (suites) => ({
    ...eachPackage(suites, () => ({
      scripts: { test: 'wireit' },
      wireit: { test: { command: 'mocha', files: ['*.js'], output: [] } },
    })),
    'package.json': json({
      name: 'bench',
      private: true,
      type: 'module',
      workspaces: ['packages/*'],
      scripts: { test: 'wireit' },
      wireit: { test: { dependencies: suites.map((suite) => `./packages/${suite}:test`) } },
    }),
  }),
  command: `env WIREIT_PARALLEL=${PARALLEL} npm test`,
  caches: ['.wireit', 'packages/*/.wireit'],
  remembers: true,
}

const xargs: Contestant = {
  name: 'xargs mocha',
  note: 'no orchestrator, no cache: the floor for one process a suite',
  modules: 'peers',
  files: (suites) => ({
    ...eachPackage(suites, () => ({})),
    'run.sh': `ls packages | xargs -P${PARALLEL} -I{} sh -c 'cd packages/{} && ../../node_modules/.bin/mocha'\n`,
  }),
  command: 'sh run.sh',
  caches: [],
  remembers: false,
}

export const PEERS: readonly Contestant[] = [nx, turbo, wireit, xargs]
