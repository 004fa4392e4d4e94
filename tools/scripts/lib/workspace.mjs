// What the scripts share: where the repository is, what its packages are, how to run a command.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')

export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** Every workspace package as `{ dir, manifest }`; the workspaces globs of this repository all end in one star. */
export function workspacePackages() {
  return readJson(join(ROOT, 'package.json'))
    .workspaces.flatMap((glob) => {
      const parent = glob.replace(/\/\*$/, '')
      return readdirSync(join(ROOT, parent)).map((name) => join(ROOT, parent, name))
    })
    .filter((dir) => existsSync(join(dir, 'package.json')))
    .map((dir) => ({ dir, manifest: readJson(join(dir, 'package.json')) }))
}

export const publicPackages = () => workspacePackages().filter(({ manifest }) => manifest.private !== true)

/** Runs to the end with the terminal passed through; a failing step ends the script with its exit code. */
export function must(file, args, options = {}) {
  const { status, error, stdout } = spawnSync(file, args, {
    cwd: ROOT,
    stdio: 'inherit',
    encoding: 'utf8',
    ...options,
  })
  if (error) throw error
  if (status !== 0) {
    console.error(`${file} ${args.join(' ')}: exit ${status}`)
    process.exit(status ?? 1)
  }
  return stdout
}
