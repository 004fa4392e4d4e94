import { EXIT } from '../exit-codes.ts'
import { checkMachine } from '../doctor/check-machine.ts'
import { checkWorkspace } from '../doctor/check-workspace.ts'
import type { Finding } from '../doctor/finding.ts'
import { findWorkspace } from '../find-workspace.ts'

const MARK = { ok: '✓', warning: '!', error: '✗' } as const

export async function doctor(options: { json?: boolean }): Promise<number> {
  const root = findWorkspace()
  const findings: Finding[] = [...(await checkMachine(root)), ...(await checkWorkspace(root))]
  const worst = findings.some((each) => each.level === 'error')
  if (options.json === true) {
    console.log(JSON.stringify({ findings }, null, 2))
    return worst ? EXIT.environment : EXIT.passed
  }
  for (const { level, what, fix } of findings) {
    console.log(`${MARK[level]} ${what}`)
    if (fix !== undefined) console.log(`    ${fix}`)
  }
  const count = (level: Finding['level']): number => findings.filter((each) => each.level === level).length
  console.log(`\n${count('ok')} fine, ${count('warning')} to look at, ${count('error')} to mend`)
  return worst ? EXIT.environment : EXIT.passed
}
