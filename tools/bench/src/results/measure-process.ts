import { fastXmlReader, musterReader } from './readers.ts'

/* One measurement in a process of its own, so that memory is its own: `measure-process.ts READER FILE`. */

const [, , name = '', file = ''] = process.argv
const reader = name === 'muster' ? musterReader : await fastXmlReader()
if (reader) {
  const before = process.cpuUsage()
  const started = performance.now()
  const cases = await reader(file)
  const wallMs = performance.now() - started
  const { user, system } = process.cpuUsage(before)
  const peakBytes = process.resourceUsage().maxRSS * 1024
  console.log(JSON.stringify({ cases, wallMs, cpuMs: (user + system) / 1000, peakBytes }))
} else {
  console.error(`${name} is not installed: npm install --no-save ${name}`)
  process.exitCode = 3
}
