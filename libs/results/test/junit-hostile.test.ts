import assert from 'node:assert/strict'
import { type ReadResults, readResults } from '@muster/results'
import { fixture } from './read.ts'

const messages = ({ warnings }: ReadResults): string[] => warnings.map(({ message }) => message)
const read = (text: string): Promise<ReadResults> => readResults('junit', text, { file: 'r.xml' })
const suite = (inner: string): string => `<testsuites><testsuite name="s">${inner}</testsuite></testsuites>`

describe('hostile and broken JUnit', () => {
  it('keeps the finished cases of a truncated file, and says where it ends', async () => {
    const text = suite('\n<testcase name="a"/>\n<testcase name="b"><failure message="x">st')
    const result = await read(text.slice(0, text.indexOf('st</') + 2))
    assert.deepEqual(
      result.cases.map(({ path }) => path),
      [['s', 'a']],
    )
    assert.equal(result.complete, false)
    assert.deepEqual(result.warnings, [
      {
        file: 'r.xml',
        line: 3,
        column: 43,
        message: 'ends inside <failure>; the 1 finished test cases are kept',
      },
    ])
  })

  it('is incomplete at every cut of a real file, and never loses a finished case', async () => {
    const text = (await fixture('surefire.xml')).trimEnd()
    for (let end = 0; end < text.length; end += 7) {
      const part = text.slice(0, end)
      const result = await read(part)
      assert.equal(result.complete, false, `cut at ${end}`)
      assert.ok(result.warnings.length > 0)
      const finished = part.split(/<\/testcase>|<testcase [^>]*\/>/).length - 1
      assert.equal(result.cases.length, finished, `cut at ${end}`)
    }
  })

  it('refuses a DOCTYPE before any entity is defined', async () => {
    const bomb =
      '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><testsuite><testcase name="&b;"/></testsuite>'
    const result = await read(bomb)
    assert.deepEqual(result.cases, [])
    assert.equal(result.complete, false)
    assert.equal(result.warnings[0]?.line, 2)
    assert.match(messages(result).join('\n'), /^has a DOCTYPE, which is refused/)
  })

  it('gives up on nesting without end', async () => {
    const result = await read(`<testsuites>${'<testsuite name="n">'.repeat(50_000)}`)
    assert.equal(result.complete, false)
    assert.match(messages(result).join('\n'), /nests elements more than 64 deep/)
  })

  it('gives up on a tag without end', async () => {
    let attributes = ''
    for (let at = 0; at < 100_000; at++) attributes += ` attribute${at}="v"`
    const result = await read(`<testsuite><testcase${attributes}/></testsuite>`)
    assert.equal(result.complete, false)
    assert.match(messages(result).join('\n'), /tag of more than a megabyte/)
  })

  it('cuts an endless name, text, CDATA section and comment, and goes on behind it', async () => {
    const long = 'x'.repeat(3_000_000)
    const entities = '&lt;&#128512;'.repeat(200_000)
    const result = await read(
      suite(`<!--${long}--><testcase name="${long}"/><testcase name="e${entities}"/>
        <testcase name="t"><failure message="m">${entities}</failure></testcase>
        <testcase name="c"><error><![CDATA[${long}]]></error></testcase><testcase name="last"/>`),
    )
    assert.equal(result.complete, true)
    assert.deepEqual(messages(result), [])
    const [name, escaped, text, cdata, last] = result.cases
    assert.equal(name?.path[1]?.length, 65_536)
    // Not assert.match: its message would hold the whole text.
    assert.ok(/^e(?:<😀){5000,5100}<?$/u.test(escaped?.path[1] ?? ''), 'an entity was cut in two')
    assert.ok(/^(?:<😀){2000,}<?… \(cut\)$/u.test(text?.error?.stack ?? text?.error?.message ?? ''))
    assert.ok((cdata?.error?.message.length ?? 0) < 40_000)
    assert.deepEqual(last?.path, ['s', 'last'])
  })

  it('counts the lines it left out', async () => {
    const text = suite(
      `<system-out>${'line\n'.repeat(100_000)}</system-out>\n<testcase name="a" time="soon"/>`,
    )
    const { warnings } = await read(text)
    assert.equal(warnings[0]?.line, 100_002)
  })

  it('takes raw control characters and references to them as text', async () => {
    const result = await read(
      suite('<testcase name="a"><failure message="\u001b[31m&#27;[0m">\0</failure></testcase>'),
    )
    assert.equal(result.complete, true)
    assert.equal(result.cases[0]?.error?.message, '\uFFFD[31m&#27;[0m')
    assert.deepEqual(messages(result), [
      'holds characters that XML does not allow; replaced',
      'is not well-formed XML: malformed character entity',
    ])
  })

  it('distrusts a file with structural errors, and keeps what it could read', async () => {
    const result = await read('<testsuite><testcase name="a"></testsuite><testcase name=b></testsuite>')
    assert.equal(result.complete, false)
    assert.equal(result.cases.length, 2)
    assert.match(messages(result).join('\n'), /unexpected close tag/)
  })

  it('gives up on errors without end', async () => {
    const result = await read('<a/>'.repeat(10) + suite('<testcase name=x/>'.repeat(100_000)))
    assert.equal(result.complete, false)
    assert.ok(result.warnings.length <= 51)
  })

  it('refuses what is no JUnit', async () => {
    for (const [text, expected] of [
      ['', 'holds no XML element'],
      ['   ', 'holds no XML element'],
      [
        '<html><body/></html>',
        'is no JUnit XML: expected <testsuites> or <testsuite> or <testcase>, found <html>',
      ],
    ] as const) {
      const result = await read(text)
      assert.deepEqual([result.cases, result.complete], [[], false])
      assert.ok(messages(result).includes(expected), messages(result).join('\n'))
    }
  })

  it('reads byte order marks, UTF-16 and declared encodings', async () => {
    const xml = '<testsuite name="ü"><testcase name="é😀"/></testsuite>'
    const sources: [string, Buffer][] = [
      ['utf-8 with mark', Buffer.from(`\uFEFF${xml}`)],
      ['utf-16', Buffer.from(`\uFEFF<?xml version="1.0" encoding="utf-16"?>${xml}`, 'utf16le')],
      ['utf-16 without mark', Buffer.from(xml, 'utf16le')],
      ['utf-16 that is utf-8', Buffer.from(`<?xml version="1.0" encoding="utf-16"?>${xml}`)],
    ]
    for (const [label, buffer] of sources) {
      for (const size of [1, 3, 1000]) {
        const result = await readResults('junit', chunked(buffer, size))
        assert.deepEqual([label, result.cases[0]?.path], [label, ['ü', 'é😀']])
        assert.deepEqual(result.warnings, [])
      }
    }
    const latin = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?><testsuite><testcase name="é"/></testsuite>',
      'latin1',
    )
    assert.deepEqual((await readResults('junit', chunked(latin, 5))).cases[0]?.path, ['é'])
  })

  it('keeps what a failing source gave', async () => {
    const result = await readResults('junit', failing())
    assert.equal(result.cases.length, 1)
    assert.equal(result.complete, false)
    assert.deepEqual(messages(result), ['could not be read to its end: EIO: disk on fire'])
  })
})

async function* chunked(buffer: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < buffer.length; at += size) yield buffer.subarray(at, at + size)
}

async function* failing(): AsyncGenerator<string> {
  yield '<testsuite><testcase name="a"/></testsuite>'
  throw new Error('EIO: disk on fire')
}
