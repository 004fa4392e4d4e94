import type { FormatReader } from '../format-reader.ts'
import { readXml } from '../xml/read-xml.ts'
import { JUnitElements } from './junit-elements.ts'

const DIALECT = { title: 'JUnit XML', roots: ['testsuites', 'testsuite', 'testcase'] }

/** JUnit XML in any dialect. */
export const readJUnit: FormatReader = async (context) => {
  let elements: JUnitElements | undefined
  const complete = await readXml(context, DIALECT, (place) => {
    elements = new JUnitElements(context.cases, context.warnings, context.base, place)
    return elements
  })
  const declared = elements?.declared
  return { complete, ...(declared && { declared }), ...(elements && { suites: elements.suites }) }
}
