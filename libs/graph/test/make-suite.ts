import { parseSuite } from '@muster/graph/parse'
import type { ParsedSuite } from '@muster/graph'
import type { Suite } from '@muster/model'

/** A suite as its file would declare it, in a folder of its name. */
export function makeParsed(name: string, more: object = {}, source = `${name}/suite.json`): ParsedSuite {
  const parsed = parseSuite(JSON.stringify({ name, kind: 'unit', ...more }), source)
  if (!parsed.suite) throw new Error(parsed.diagnostics.map(({ message }) => message).join('\n'))
  return parsed
}

export function makeSuite(name: string, more: object = {}): Suite {
  const { suite } = makeParsed(name, more)
  if (!suite) throw new Error('bug: a parsed suite is missing')
  return suite
}
