import { err, ok, type Result } from '@muster/model'
import { parse } from 'jsonc-parser'
import { isRecord, type WorkspaceFiles } from '../inference/workspace-files.ts'

const NAMES = ['.mocharc.json', '.mocharc.jsonc', '.mocharc.yaml', '.mocharc.yml']
const COMPUTED = ['.mocharc.js', '.mocharc.cjs', '.mocharc.mjs']

export interface MochaConfig {
  readonly file: string
  /** The test files that it names: globs, none for mocha's own. */
  readonly spec: readonly string[]
  /** Words for its command line: what decides which files are tests when none is named. */
  readonly words: readonly string[]
}

/** A folder's own mocha configuration: undefined when there is none, an error when it is code or too clever. */
export function mochaConfig(
  entries: ReadonlySet<string>,
  path: (name: string) => string,
  files: WorkspaceFiles,
): Result<MochaConfig, { readonly file: string; readonly reason: string }> | undefined {
  const computed = COMPUTED.find((name) => entries.has(name))
  if (computed !== undefined) {
    return err({ file: path(computed), reason: 'which files it runs is computed' })
  }
  const name = NAMES.find((each) => entries.has(each))
  if (name === undefined) {
    const own = entries.has('package.json') ? files.json(path('package.json'))?.['mocha'] : undefined
    return isRecord(own) ? ok(configOf(path('package.json'), own)) : undefined
  }
  const text = files.text(path(name)) ?? ''
  const value: unknown = /ya?ml$/.test(name) ? simpleYaml(text) : parse(text)
  if (!isRecord(value)) return err({ file: path(name), reason: 'it could not be read' })
  return ok(configOf(path(name), value))
}

const configOf = (file: string, value: Readonly<Record<string, unknown>>): MochaConfig => ({
  file,
  spec: strings(value['spec']),
  words: value['recursive'] === true ? ['--recursive'] : [],
})

const strings = (value: unknown): string[] =>
  [value].flat().filter((each): each is string => typeof each === 'string')

/** Top-level scalars and lists, which is what such a file holds; undefined for anything else. */
function simpleYaml(text: string): Record<string, unknown> | undefined {
  const result: Record<string, unknown> = {}
  let list: string[] | undefined
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/(^|\s)#.*$/, '').trimEnd()
    const item = /^\s*-\s+(.+)$/.exec(line)?.[1]
    const [, key, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? []
    if (line === '' || line === '---') continue
    if (item !== undefined && list) list.push(plain(item))
    else if (key !== undefined && value === '') result[key] = list = []
    else if (key !== undefined && value !== undefined && !/^[|>&*{]/.test(value)) {
      list = undefined
      const flow = /^\[(.*)\]$/.exec(value)?.[1]
      if (flow !== undefined) result[key] = flow.split(',').map(plain)
      else result[key] = value === 'true' ? true : plain(value)
    } else return undefined
  }
  return result
}

const plain = (text: string): string => text.trim().replace(/^(['"])(.*)\1$/, '$2')
