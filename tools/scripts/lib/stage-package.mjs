// A package as it is published: what its `files` name, with a bundle for `dist`.
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundlePackage } from './bundle-package.mjs'
import { packageEntries } from './package-entries.mjs'
import { unlistedPrograms } from './unlisted-programs.mjs'

/** What npm adds unasked. */
const ALWAYS = ['README.md', 'LICENSE']
/** Of `dist`: the bundle takes its place, and the maps of what tsc wrote go with it. */
const REPLACED = /[\\/]dist[\\/].*(\.js|\.map|\.tsbuildinfo)$|[\\/]dist[\\/]\./

/**
 * @param place becomes a folder to be packed
 * Throws when a module that is started by its path would be lost.
 */
export async function stagePackage({ dir, manifest }, place) {
  const dist = join(dir, 'dist')
  const modules = modulesOf(dist)
  const entries = packageEntries({ dir, manifest })
  const missing = unlistedPrograms({ dir, modules, entries })
  if (missing.length > 0) throw new Error(missing.map((line) => `${manifest.name}: ${line}`).join('\n'))

  mkdirSync(place, { recursive: true })
  const named = manifest.files.filter((pattern) => !pattern.startsWith('!')).map(withoutStars)
  for (const path of [...ALWAYS, ...named].filter((each) => existsSync(join(dir, each))))
    cpSync(join(dir, path), join(place, path), {
      recursive: true,
      filter: (from) => !REPLACED.test(from.slice(dir.length)),
    })
  await bundlePackage({ dir, modules, entries, out: join(place, 'dist') })
  // A chunk's name says little: its map says which source a line of a stack trace is from.
  const files = manifest.files.filter((pattern) => pattern !== '!dist/**/*.map')
  writeFileSync(join(place, 'package.json'), `${JSON.stringify({ ...manifest, files }, null, 2)}\n`)
}

const withoutStars = (pattern) => pattern.replace(/\/?[^/]*\*.*$/, '')

const modulesOf = (dist) =>
  readdirSync(dist, { recursive: true })
    .filter((path) => path.endsWith('.js') && !path.startsWith('.'))
    .toSorted()
