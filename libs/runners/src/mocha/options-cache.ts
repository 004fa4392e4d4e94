import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { MochaFiles } from './input.ts'
import type { OptionsReply, OptionsRequest, Parties } from './options-protocol.ts'

/*
 * Asking mocha costs a process that loads it (250 ms was measured). Where no code takes part, its answer depends on
 * a few files only, and is kept under their content.
 */

type Request = Omit<OptionsRequest, 'id'>
type Known = Extract<OptionsReply, { ok: true }>

/** Mocha looks for these in the working directory and then in each folder above. */
const DATA_CONFIGS = [
  '.mocharc.yaml',
  '.mocharc.yml',
  '.mocharc.jsonc',
  '.mocharc.json',
  'package.json',
] as const
const CODE_CONFIGS = ['.mocharc.cjs', '.mocharc.js', '.mocharc.mjs'] as const

/** One file's worth of answers, read once and written a moment after the last change. */
const stores = new Map<string, Map<string, Known>>()
const dirty = new Set<string>()

export async function cachedOptions(
  cacheDir: string,
  mocha: MochaFiles,
  request: Request,
  ask: (parties: Parties) => Promise<OptionsReply>,
): Promise<OptionsReply> {
  const key = cacheKey(mocha, request)
  if (key === undefined) return ask('code')
  const file = join(cacheDir, 'mocha-options.json')
  const store = openStore(file)
  const known = store.get(key)
  if (known) return known
  const reply = await ask('data')
  if (reply.ok && isPlain(reply)) {
    store.set(key, reply)
    saveSoon(file, store)
  }
  return reply
}

export const partiesOf = (mocha: MochaFiles, request: Request): Parties =>
  cacheKey(mocha, request) === undefined ? 'code' : 'data'

/** Undefined when code decides, or may. */
function cacheKey(mocha: MochaFiles, { dir, argv, env, collect }: Request): string | undefined {
  const hash = createHash('sha256').update(
    JSON.stringify([mocha.dir, mocha.version, process.version, dir, argv, collect]),
  )
  hash.update(
    JSON.stringify(
      Object.entries(env)
        .filter(([name]) => /^MOCHA/i.test(name))
        .map((pair) => pair.join('='))
        .toSorted(),
    ),
  )
  for (const argument of argv) {
    const [, config] = /^--(?:config|package)=(.*)$/s.exec(argument) ?? []
    if (config === undefined) continue
    if (!/\.(ya?ml|jsonc?)$/.test(config)) return undefined
    hash.update(contentOf(resolve(dir, config)) ?? '')
  }
  for (let folder = dir; ; folder = dirname(folder)) {
    if (CODE_CONFIGS.some((name) => contentOf(join(folder, name)) !== undefined)) return undefined
    for (const name of DATA_CONFIGS) {
      const content = contentOf(join(folder, name))
      if (content !== undefined) hash.update(`${join(folder, name)}\0${content}\0`)
    }
    if (folder === dirname(folder)) return hash.digest('hex')
  }
}

const contents = new Map<string, { readonly content: string | undefined; readonly at: number }>()

/** What was read is not believed any longer. */
export const forgetConfigs = (): void => contents.clear()

/** Suites share the folders above them, so what was read is believed for a moment. */
function contentOf(file: string): string | undefined {
  const known = contents.get(file)
  if (known && Date.now() - known.at < 1000) return known.content
  let content: string | undefined
  try {
    content = readFileSync(file, 'utf8')
  } catch {
    content = undefined
  }
  contents.set(file, { content, at: Date.now() })
  return content
}

/** With a `spec` the answer lists files, which come and go; and only what JSON can hold survives. */
const isPlain = (reply: Known): boolean => reply.spec.length === 0 && !hasOddValue(reply.options)

const hasOddValue = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? !(Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) ||
      Object.values(value).some(hasOddValue)
    : typeof value === 'function' || (typeof value === 'number' && !Number.isFinite(value))

function openStore(file: string): Map<string, Known> {
  let store = stores.get(file)
  if (!store) {
    store = new Map(readStore(file))
    stores.set(file, store)
  }
  return store
}

function readStore(file: string): [string, Known][] {
  try {
    return Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Known>)
  } catch {
    return []
  }
}

/** Answers that no longer fit anything are let go when there are too many. */
const KEPT = 5000

function saveSoon(file: string, store: ReadonlyMap<string, Known>): void {
  if (dirty.has(file)) return
  dirty.add(file)
  setTimeout(() => {
    dirty.delete(file)
    try {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(`${file}.${process.pid}`, JSON.stringify(Object.fromEntries([...store].slice(-KEPT))))
      renameSync(`${file}.${process.pid}`, file)
    } catch {
      return
    }
  }, 200).unref()
}
