import { spawn } from 'node:child_process'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunSettings {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Runs a command and collects what it writes. Throws only when it can't be started. */
export function runToEnd(file: string, args: readonly string[], settings: RunSettings): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...settings, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/** The same for steps that have to work. */
export async function mustRun(file: string, args: readonly string[], settings: RunSettings): Promise<string> {
  const { code, stdout, stderr } = await runToEnd(file, args, settings)
  if (code === 0) return stdout
  const tail = `${stdout}\n${stderr}`.trim().split('\n').slice(-30).join('\n')
  throw new Error(`${file} ${args.join(' ')}: exit ${code} in ${settings.cwd}\n${tail}`)
}
