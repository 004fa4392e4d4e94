import type { Random } from './random.ts'

/** No honest gain beyond it, and campaigns stay quick; bytes. */
const MAX_SIZE = 256 * 1024

/** What parsers of these formats trip over. */
const TOKENS = [
  '<', '>', '/>', '</', '"', "'", '&', ';', '&#x0;', '&lt;', ']]>', '<![CDATA[', '<!--', '-->', '<?', '?>', '<!DOCTYPE x [<!ENTITY a "b">]>',
  '<testsuite>', '<testcase name="n">', '</testcase>', '<failure>', '<test-case>', '<UnitTestResult>', '<test>',
  '{', '}', '[', ']', ',', ':', '"', '\\', '\\u00', 'null', '1e999', '-0', '{"a":', '"__proto__":', '"tests":[', '\n{"Action":"', '"Test":',
  '\n', '\r\n', '    ', '\t', '\0', '\uFEFF', '\u2028', '😀', '\u001b[31m', '  ---\n', '  ...\n', '# Subtest: x\n', 'not ok 1\n', '1..9\n', 'Bail out!\n', 'pragma +strict\n',
].map((token) => Buffer.from(token)) // prettier-ignore

const NESTING = ['<a>', '<testsuite>', '[', '{"a":', '    '].map((token) => Buffer.from(token))

type Mutation = (input: Buffer, random: Random, corpus: readonly Buffer[]) => Buffer

const splice = (input: Buffer, from: number, to: number, insert: Buffer): Buffer =>
  Buffer.concat([input.subarray(0, from), insert, input.subarray(to)])

const MUTATIONS: readonly Mutation[] = [
  function flipBytes(input, random) {
    const output = Buffer.from(input)
    for (let times = random.below(8) + 1; times > 0 && output.length > 0; times--) {
      output[random.below(output.length)] = random.below(256)
    }
    return output
  },
  function truncate(input, random) {
    return input.subarray(0, random.below(input.length + 1))
  },
  function remove(input, random) {
    const from = random.below(input.length + 1)
    return splice(input, from, from + random.below(64), Buffer.alloc(0))
  },
  function insertTokens(input, random) {
    const at = random.below(input.length + 1)
    const tokens = Array.from({ length: random.below(4) + 1 }, () => random.pick(TOKENS))
    return splice(input, at, at, Buffer.concat(tokens))
  },
  function duplicate(input, random) {
    const from = random.below(input.length + 1)
    const piece = input.subarray(from, from + random.below(2000))
    const times = random.below(10) === 0 ? random.below(200) : random.below(4)
    return splice(input, from, from, Buffer.concat(Array.from({ length: times }, () => piece)))
  },
  function spliceOther(input, random, corpus) {
    const other = random.pick(corpus)
    const from = random.below(other.length + 1)
    const at = random.below(input.length + 1)
    return splice(input, at, at + random.below(200), other.subarray(from, from + random.below(2000)))
  },
  function nest(input, random) {
    const at = random.below(input.length + 1)
    const times = random.below(20) === 0 ? random.below(10_000) : random.below(100)
    const token = random.pick(NESTING)
    return splice(input, at, at, Buffer.concat(Array.from({ length: times }, () => token)))
  },
  function enlarge(input, random) {
    if (random.below(20) > 0) return input
    const at = random.below(input.length + 1)
    return splice(input, at, at, Buffer.alloc(random.below(100_000), random.pick(TOKENS)))
  },
]

/** A file of the corpus, changed in one to five ways. */
export function mutate(input: Buffer, random: Random, corpus: readonly Buffer[]): Buffer {
  let output = input
  for (let times = random.below(5) + 1; times > 0; times--) {
    output = random.pick(MUTATIONS)(output, random, corpus).subarray(0, MAX_SIZE)
  }
  return output
}
