import type { TestCase } from '@muster/model'
import type { Declared } from '../declared.ts'
import type { FormatReader } from '../format-reader.ts'
import type { WarningList } from '../warning-list.ts'
import { readXml } from '../xml/read-xml.ts'
import { Subtrees, type XmlNode, childOf, childText } from '../xml/subtrees.ts'
import { trxCase } from './trx-case.ts'

const DIALECT = { title: 'TRX', roots: ['TestRun'] }
const RESULTS = ['UnitTestResult', 'TestResult', 'WebTestResult', 'ManualTestResult', 'GenericTestResult']

/**
 * TRX as MSTest and VSTest write it. Which class a test belongs to is told after all results, so cases are
 * kept until the end; a file that is cut off before has them without their classes.
 */
export const readTrx: FormatReader = async (context) => {
  const found = new TrxFindings(context.warnings)
  const complete = await readXml(context, DIALECT, (place) => {
    const names = [...RESULTS, 'UnitTest', 'Counters', 'RunInfo']
    return new Subtrees(names, place, (node) => found.take(node))
  })
  for (const testCase of found.cases()) context.cases.push(testCase)
  return { complete, ...(found.declared && { declared: found.declared }) }
}

class TrxFindings {
  declared: Declared | undefined
  readonly #warnings: WarningList
  readonly #results: { readonly testCase: TestCase; readonly testId: string | undefined }[] = []
  readonly #classes = new Map<string, string>()
  #nested = false

  constructor(warnings: WarningList) {
    this.#warnings = warnings
  }

  take(node: XmlNode): void {
    const { name, attributes } = node
    if (name === 'UnitTest') this.#define(node)
    else if (name === 'Counters') this.#count(node)
    else if (name === 'RunInfo') this.#remark(node)
    // Of a data-driven test the rows are the cases; the result around them sums them up.
    else if (node.inner > 0) this.#nested = true
    else this.#results.push({ testCase: trxCase(node), testId: attributes['testId'] })
  }

  *cases(): Generator<TestCase> {
    for (const { testCase, testId = '' } of this.#results) {
      const className = this.#classes.get(testId)
      yield className === undefined ? testCase : inClass(testCase, className)
    }
  }

  #define(node: XmlNode): void {
    const className = childOf(node, 'TestMethod')?.attributes['className']
    // MSTest of old appends the assembly: `Shop.CartTests, Shop, Version=1.0.0.0, …`.
    const plain = className?.split(',', 1)[0]?.trim()
    const { id } = node.attributes
    if (id !== undefined && plain !== undefined && plain !== '') this.#classes.set(id, plain)
  }

  #count({ attributes }: XmlNode): void {
    // The rows of data-driven tests are counted by some producers and not by others.
    if (this.#nested) return
    const count = (key: string): number | undefined => {
      const text = attributes[key] ?? ''
      return /^\d{1,9}$/.test(text) ? Number(text) : undefined
    }
    const [tests, passed] = [count('total'), count('passed')]
    this.declared = { ...(tests !== undefined && { tests }), ...(passed !== undefined && { passed }) }
  }

  /** What broke outside of the tests: a crashed host, a set-up of the assembly. */
  #remark(node: XmlNode): void {
    const text = childText(node, 'Text')
    if (node.attributes['outcome'] !== 'Error' || text === undefined) return
    this.#warnings.add(`the run reports an error: ${text.slice(0, 300)}`)
  }
}

/** Some adapters give the full name as the test's name. */
function inClass(testCase: TestCase, className: string): TestCase {
  const [name = ''] = testCase.path
  const title = name.startsWith(`${className}.`) ? name.slice(className.length + 1) : name
  return { ...testCase, path: [className, title] }
}
