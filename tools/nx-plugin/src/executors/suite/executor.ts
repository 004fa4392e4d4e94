import { ownerProcess } from '@muster/engine/client'
import type { ExecutorContext } from '../../nx/devkit.ts'
import { runSettings } from '../run-settings.ts'
import { brokenDeclaration, requestOf } from './requests.ts'
import { RunSession } from './run-session.ts'
import { forwardSignals } from './signals.ts'
import type { SuiteExecutorOptions } from './suite-options.ts'

/** The plain executor (`--batch=false`): the same coordinator, shared by all tasks of one nx invocation. */
export default async function suiteExecutor(
  options: SuiteExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const task = `${context.projectName}:${context.targetName}`
  const request = requestOf(task, options, () => undefined, [])
  if (!request) {
    console.error(brokenDeclaration(task, options))
    return { success: false }
  }
  const owner = ownerProcess(Number(process.env['NX_INVOCATION_ROOT_PID'] ?? process.ppid))
  const session =
    owner &&
    (await RunSession.start(runSettings(context.root, owner, context.nxJsonConfiguration), [request]))
  if (!session) {
    console.error(
      'Muster could not start its coordinator process. See .muster/coordinator.log, and `npx muster doctor`.',
    )
    return { success: false }
  }
  const unhook = forwardSignals(session)
  const hash = process.env['NX_TASK_HASH']
  if (hash !== undefined) session.sendHashes({ [request.suite.id]: hash }, {})
  let success = false
  for await (const answer of session.answers(Number.POSITIVE_INFINITY)) {
    process.stdout.write(answer.terminalOutput)
    success = answer.status === 'success'
  }
  if (session.trouble !== undefined) console.error(session.trouble)
  unhook()
  session.close()
  return { success }
}
