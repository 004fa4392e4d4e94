// What of a package is found by its path, and therefore keeps it when the package is bundled.
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { readJson } from './workspace.mjs'

/**
 * Modules that no package entry names: each is started as a process or a thread, or handed by its path to another tool.
 * By package, relative to its `dist`, without `.js`. `unlistedPrograms` finds what is missing here.
 */
const PROGRAMS = {
  '@muster/coverage': ['thread/packed-suite'],
  '@muster/engine': ['coordinator/main'],
  '@muster/nx': ['nx/code-pack/build-pack'],
  '@muster/runners': [
    'cargo/cargo-reader',
    'cargo/nextest-reader',
    'go/go-reader',
    'hyperfine/unit-entry',
    'jest/reporter',
    'mocha/options-process',
    'mocha/pack-warmer',
    'mocha/unit-entry',
    'node-test/reporter',
    'playwright/reporter',
    'tinybench/round-entry',
    'tinybench/unit-entry',
    'tool/tool-entry',
    'vitest/reporter',
  ],
  '@muster/workers': ['host/main', 'host/thread-unit', 'processes/sweep-program'],
}

/** @returns relative to `dist`, such as `coordinator/main.js` */
export function packageEntries({ dir, manifest }) {
  const named = [
    ...Object.values(manifest.exports).map((target) => target.default),
    ...Object.values(manifest.bin ?? {}).flatMap((bin) => importsOf(dir, bin)),
    ...['executors', 'generators'].flatMap((kind) => implementations(dir, manifest[kind], kind)),
  ]
  const modules = named
    .filter((target) => target !== undefined)
    .map((target) => posix.relative('dist', posix.normalize(target)))
  const programs = (PROGRAMS[manifest.name] ?? []).map((program) => `${program}.js`)
  const gone = [...modules, ...programs].filter((module) => !existsSync(join(dir, 'dist', module)))
  if (gone.length > 0) throw new Error(`${manifest.name} has no ${gone.join(', ')} in dist`)
  return [...new Set([...modules, ...programs])]
}

/** A command is a script of two lines outside `dist`, and stays as it is. */
function importsOf(dir, bin) {
  const text = readFileSync(join(dir, bin), 'utf8')
  return [...text.matchAll(/from '(\..+?)'/g)].map(([, target]) => posix.join(posix.dirname(bin), target))
}

function implementations(dir, file, kind) {
  if (file === undefined) return []
  return Object.values(readJson(join(dir, file))[kind]).flatMap((each) =>
    ['implementation', 'batchImplementation', 'factory'].map((key) => each[key]),
  )
}
