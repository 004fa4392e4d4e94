import { TRACE } from '../bench-workspace.ts'
import { WORK_MODULE, WORK_TEXT } from './work-module.ts'

export const GIANT = 'giant'

const WAIT_MS = 50
const COMPUTE_MS = 100

/** A suite of so many files of about 150 ms: a third of it waiting, the rest computing. The first proves that the suite ran. */
export function giantFiles(count: number): Record<string, string> {
  const files: Record<string, string> = { [WORK_MODULE]: WORK_TEXT }
  for (let n = 1; n <= count; n++) {
    const name = n === 1 ? GIANT : `${GIANT}-${n}`
    files[`packages/${GIANT}/${name}.test.js`] = specOf(name)
  }
  return files
}

const specOf = (name: string): string => `import { appendFileSync } from 'node:fs'
import { compute, wait } from '../../${WORK_MODULE}'
${name === GIANT ? `\nif (process.env.${TRACE}) appendFileSync(process.env.${TRACE}, \`${GIANT} \${Date.now()}\\n\`)\n` : ''}
describe('${name}', function () {
  this.timeout(60_000)
  it('waits', () => wait(${WAIT_MS}))
  it('computes', () => void compute(${COMPUTE_MS}))
})
`
