// Packs every public package, bundled, into dist/packages/ and prints the one command that installs them elsewhere.
//
//   npm run pack                 builds, bundles and packs, and lints each package with publint
//   npm run pack -- --verify     also installs them in an empty folder and loads each
//
// They depend on each other by exact version and are in no registry, so all tarballs have to be installed
// by one `npm install`: npm then satisfies each dependency from the tarball beside it.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stagePackage } from './lib/stage-package.mjs'
import { verifyPackages } from './lib/verify-packages.mjs'
import { must, publicPackages, ROOT } from './lib/workspace.mjs'

const OUT = join(ROOT, 'dist/packages')
/** The packages as they are packed. Their `dist` in the repository, which tests and own runs use, stays as tsc makes it. */
const STAGING = join(ROOT, 'dist/staging')
const packages = publicPackages()

checkVersions()
must('npx', ['tsc', '-b', 'tsconfig.build.json'])
for (const { dir } of packages) removeStale(dir)

for (const folder of [STAGING, OUT]) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
}
const places = packages.map(({ dir }) => join(STAGING, relative(ROOT, dir)))
await Promise.all(packages.map((each, index) => stagePackage(each, places[index])))
const packed = JSON.parse(
  must(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', OUT, ...places],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  ),
)
const tarballs = packed.map(({ filename }) => join(OUT, filename))

for (const { name, files } of packed) {
  const stray = files.find(({ path }) => /(^|\/)(test|\.test)\//.test(path))
  if (stray) fail(`${name}: ${stray.path} must not be packed`)
}
for (const tarball of tarballs) must('npx', ['publint', 'run', tarball, '--strict', '--level', 'warning'])

if (process.argv.includes('--verify')) {
  const problems = verifyPackages(
    tarballs,
    packed.map(({ name }) => name),
  )
  if (problems.length > 0) fail(problems.join('\n'))
}

console.log(`\n${packed.length} packages in ${relative(process.cwd(), OUT) || '.'}:`)
for (const { name, version, size, entryCount } of packed) {
  console.log(`  ${name}@${version}  ${(size / 1024).toFixed(1)} kB, ${entryCount} files`)
}
console.log(`\nIn another workspace:\n\n  npm install -D ${tarballs.join(' ')}\n`)

/** A range that no packed version satisfies would make npm look for the package in the registry. */
function checkVersions() {
  const versions = new Map(packages.map(({ manifest }) => [manifest.name, manifest.version]))
  for (const { manifest } of packages) {
    for (const [name, range] of Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies })) {
      if (versions.has(name) && versions.get(name) !== range)
        fail(`${manifest.name} depends on ${name}@${range}, which is at ${versions.get(name)}`)
      if (name.startsWith('@muster/') && !versions.has(name))
        fail(`${manifest.name} depends on ${name}, which is not public`)
    }
  }
}

/** tsc leaves the output of a deleted source behind. */
function removeStale(dir) {
  const dist = join(dir, 'dist')
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const output = join(entry.parentPath, entry.name)
    const module = relative(dist, output).replace(/\.(d\.)?(js|ts|mjs|cjs)(\.map)?$/, '')
    if (!entry.isFile() || module.startsWith('.test/') || entry.name.endsWith('.tsbuildinfo')) continue
    const sources = ['ts', 'mts', 'cts', 'json'].map((extension) =>
      join(dir, 'src', `${module}.${extension}`),
    )
    if (!sources.some((source) => existsSync(source)) && /\.(js|ts|map)$/.test(entry.name)) rmSync(output)
  }
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
