import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { once } from 'node:events'

import * as fc from 'fast-check'

import { BoundedCapture } from '../src/output/bounded-capture.ts'
import { FramedStream } from '../src/output/framed-stream.ts'
import { beginFrame, endFrame } from '../src/output/frames.ts'
import { onLines } from '../src/output/lines.ts'
import { action, command, start, withPool } from './support/rig.ts'

/** The text in pieces that are cut anywhere. */
const pieces = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  return places.slice(1).map((end, at) => bytes.subarray(places[at], end))
}
const framing = (token: string, content: string): string => beginFrame(token) + content + endFrame(token)

const cuts = fc.array(fc.nat(), { maxLength: 20 })
const text = fc.string({ unit: 'binary', maxLength: 300 })

describe('BoundedCapture', () => {
  it('keeps everything that fits, whatever the pieces', () => {
    fc.assert(
      fc.property(text, cuts, (content, at) => {
        const bytes = Buffer.from(content)
        const capture = new BoundedCapture({ head: 10, tail: bytes.length })
        for (const piece of pieces(bytes, at)) capture.write(piece)
        assert.deepEqual(capture.captured(), { data: bytes, totalBytes: bytes.length })
      }),
    )
  })

  it('keeps a start and an end of whole characters, and counts what is cut', () => {
    const limit = fc.record({ head: fc.nat(40), tail: fc.nat(40) })
    fc.assert(
      fc.property(text, cuts, limit, (content, at, { head, tail }) => {
        const bytes = Buffer.from(content)
        const capture = new BoundedCapture({ head, tail })
        for (const piece of pieces(bytes, at)) capture.write(piece)
        const { data, totalBytes } = capture.captured()
        assert.equal(totalBytes, bytes.length)
        if (bytes.length <= head + tail) return assert.deepEqual(data, bytes)
        const match = /^(?<start>.*)\n… (?<cut>\d+) bytes cut …\n(?<end>.*)$/su.exec(data.toString())
        const { start: first = '', cut = '', end: last = '' } = match?.groups ?? {}
        assert.ok(content.startsWith(first) && content.endsWith(last))
        assert.equal(Buffer.byteLength(first) + Number(cut) + Buffer.byteLength(last), bytes.length)
        assert.ok(Buffer.byteLength(first) <= head && Buffer.byteLength(first) > head - 4)
        assert.ok(Buffer.byteLength(last) <= tail && Buffer.byteLength(last) > tail - 4)
      }),
    )
  })
})

describe('FramedStream', () => {
  it('gives each unit exactly its part, whatever the pieces, and drops what comes between', async () => {
    const part = fc.string({ unit: fc.constantFrom('a', '\0', 'muster begin 1', '\n') })
    await fc.assert(
      fc.asyncProperty(part, part, part, part, cuts, async (boot, one, between, two, at) => {
        const stream = new PassThrough()
        const framed = new FramedStream(stream, { head: 10_000, tail: 0 })
        const first = framed.begin('11')
        for (const piece of pieces(Buffer.from(boot + framing('11', one)), at)) stream.write(piece)
        await first.ended
        const second = framed.begin('22')
        for (const piece of pieces(Buffer.from(between + framing('22', two)), at)) stream.write(piece)
        await second.ended
        assert.equal(first.capture.captured().data.toString(), boot + one)
        assert.equal(second.capture.captured().data.toString(), two)
      }),
    )
  })
})

describe('onLines', () => {
  it('gives whole lines, whatever the pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string().map((line) => line.replaceAll('\n', ''))),
        cuts,
        async (lines, at) => {
          const stream = new PassThrough()
          const seen: string[] = []
          onLines(stream, (line) => seen.push(line))
          for (const piece of pieces(Buffer.from(lines.map((line) => `${line}\n`).join('')), at))
            stream.write(piece)
          stream.end()
          await once(stream, 'end')
          assert.deepEqual(seen, lines)
        },
      ),
    )
  })
})

describe('endless output', function () {
  this.timeout(60_000)
  const MB = 1024 * 1024

  for (const isolation of ['thread', 'process', 'none'] as const) {
    it(`of 200 MB in ${isolation} costs neither side memory`, () =>
      withPool({ outputLimit: { head: 1000, tail: 1000 } }, async (pool) => {
        const unit = start(pool, action('flood', 200 * MB), isolation)
        const { stdout } = await unit.done
        assert.equal(stdout.totalBytes, 'first line\n'.length + 200 * MB + 'last line\n'.length)
        assert.match(stdout.data.toString(), /^first line\nx+[^]*… \d+ bytes cut …[^]*last line\n$/)
        assert.ok(stdout.data.length < 2100)
        const hostPeak = Number(unit.cases.find(({ path }) => path[0] === 'peak MB')?.path[1])
        assert.ok(hostPeak < 400, `the host took ${hostPeak} MB`)
      }))
  }

  it('of a command is bounded, too', () =>
    withPool({ outputLimit: { head: 1000, tail: 1000 } }, async (pool) => {
      const { stdout } = await start(pool, command(`yes | head -c ${200 * MB}`)).done
      assert.equal(stdout.totalBytes, 200 * MB)
    }))

  after(() => {
    const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024
    assert.ok(peak < 500, `this process took ${peak} MB`)
  })
})
