import type { Declared } from '../declared.ts'
import type { FormatReader } from '../format-reader.ts'
import { type Attributes, readXml } from '../xml/read-xml.ts'
import { Subtrees, type XmlAncestor } from '../xml/subtrees.ts'
import { nunitCase } from './nunit-case.ts'

const DIALECT = { title: 'NUnit XML', roots: ['test-run', 'test-results'] }

/** NUnit 3 (`test-run`) and NUnit 2 (`test-results`). */
export const readNUnit: FormatReader = async (context) => {
  let declared: Declared | undefined
  const complete = await readXml(
    context,
    DIALECT,
    (place) =>
      new Subtrees(['test-case'], place, (node, ancestors) => {
        declared ??= declaredBy(ancestors[0])
        context.cases.push(nunitCase(node, ancestors))
      }),
  )
  return { complete, ...(declared && { declared }) }
}

function declaredBy(root: XmlAncestor | undefined): Declared | undefined {
  if (!root) return undefined
  const { attributes } = root
  // NUnit 2 leaves tests that didn't run out of its total.
  if (root.name === 'test-results') {
    const failed = sum(attributes, ['failures', 'errors'])
    return failed === undefined ? undefined : { failed }
  }
  const [tests, passed] = [sum(attributes, ['total']), sum(attributes, ['passed', 'warnings'])]
  return { ...(tests !== undefined && { tests }), ...(passed !== undefined && { passed }) }
}

/** Undefined when the first one isn't stated. */
function sum(attributes: Attributes, [first = '', ...others]: readonly string[]): number | undefined {
  const count = (key: string): number | undefined => {
    const text = attributes[key] ?? ''
    return /^\d{1,9}$/.test(text) ? Number(text) : undefined
  }
  const start = count(first)
  return start === undefined ? undefined : others.reduce((total, key) => total + (count(key) ?? 0), start)
}
