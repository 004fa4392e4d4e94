import type { FormatReader } from '../format-reader.ts'
import { type Attributes, readXml } from '../xml/read-xml.ts'
import { Subtrees, type XmlAncestor, type XmlNode } from '../xml/subtrees.ts'
import { xunitCase, xunitError } from './xunit-case.ts'

const DIALECT = { title: 'xUnit.net XML', roots: ['assemblies', 'assembly'] }

/** xUnit.net 2 (https://xunit.net/docs/format-xml-v2) and 3, which adds attributes. */
export const readXUnit: FormatReader = async (context) => {
  const assemblies = new Map<Attributes, number>()
  let errors = 0
  const take = (node: XmlNode, ancestors: readonly XmlAncestor[]): void => {
    const assembly = ancestors.find(({ name }) => name === 'assembly')
    if (assembly && !assemblies.has(assembly.attributes)) {
      const total = assembly.attributes['total'] ?? ''
      assemblies.set(assembly.attributes, /^\d{1,9}$/.test(total) ? Number(total) : Number.NaN)
    }
    if (node.name === 'test') return context.cases.push(xunitCase(node, context.base))
    errors++
    context.cases.push(xunitError(node))
  }
  const complete = await readXml(context, DIALECT, (place) => new Subtrees(['test', 'error'], place, take))
  // The totals don't count errors outside of tests.
  const tests = [...assemblies.values()].reduce((sum, total) => sum + total, errors)
  return { complete, ...(Number.isNaN(tests) ? {} : { declared: { tests } }) }
}
