import { writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

// Runs one in-process program: argv[2] is the entry, argv[3] how often, the input comes on stdin; messages are
// lines on fd 3.
const [, , entry, times] = process.argv
const input = JSON.parse(await text(process.stdin))
const { stringify } = JSON
const write = writeSync
const { runUnit } = await import(pathToFileURL(entry))
for (let run = 0; run < Number(times); run++) await runUnit(input, writeLine)
// With its own exit code, as a worker does.
process.exit()

/** The pipe may be full: try again until the parent has read. */
function writeLine(message) {
  const bytes = Buffer.from(`${stringify(message)}\n`)
  let offset = 0
  while (offset < bytes.length) {
    try {
      offset += write(3, bytes, offset)
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
    }
  }
}

async function text(stream) {
  let all = ''
  for await (const chunk of stream) all += chunk
  return all
}
