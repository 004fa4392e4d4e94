import { createReadStream, readFileSync } from 'node:fs'
import { streamResults } from '@muster/results'

/** Counts the test cases of a JUnit file. */
export type CountCases = (file: string) => Promise<number>

export const musterReader: CountCases = async (file) => {
  const { totals } = await streamResults('junit', createReadStream(file), {}, () => undefined)
  return totals.tests
}

/** Of fast-xml-parser only what is used here. */
interface FastXmlParser {
  readonly XMLParser: new (options: object) => { parse(text: string): unknown }
}

/** fast-xml-parser makes a tree of the whole file; undefined when it isn't installed. */
export async function fastXmlReader(): Promise<CountCases | undefined> {
  // Named by a variable: the types of a peer are no concern of ours.
  const name = 'fast-xml-parser'
  const parser = (await import(name).catch(() => undefined)) as FastXmlParser | undefined
  if (!parser) return undefined
  const { XMLParser } = parser
  return async (file) => {
    const options = {
      ignoreAttributes: false,
      isArray: (tag: string) => /^test(?:suite|case)$/.test(tag),
      // Its guard against entity bombs counts every `&amp;`, and gives up after a thousand.
      processEntities: { enabled: true, maxTotalExpansions: 1e9, maxExpandedLength: 1e9 },
    }
    const tree = new XMLParser(options).parse(readFileSync(file, 'utf8')) as {
      readonly testsuites: { readonly testsuite: readonly { readonly testcase: readonly unknown[] }[] }
    }
    return tree.testsuites.testsuite.reduce((sum, { testcase }) => sum + testcase.length, 0)
  }
}
